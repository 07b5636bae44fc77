import type { Card } from '../../core/card/card.ts';
import { localDate } from '../../core/card/local-date.ts';
import {
  failingMessage,
  readableMessage,
  recoveredMessage,
  unreadableMessage,
} from '../../core/messages/gate-message.ts';
import { blockedMessage, frozenReadyMessage, readyMessage } from '../../core/messages/soak-over-message.ts';
import { planLinks } from '../../core/plan/plan-links.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { goesOnItself } from '../../core/rollout/goes-on-itself.ts';
import type { GateNews, GateWatch } from '../../core/rollout/watch-gates.ts';
import type { TrailAction } from '../../core/trail/event-kinds.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { knownTrafficPercent, type Rollout } from '../../db/queries/rollouts.ts';
import { deliver } from '../kernel/effects.ts';
import { freezeHolding } from '../kernel/refuse-frozen.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoMay, whoPromotes } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';

/** What is known of the gates as there is news of them. */
export interface ToldGates {
  gates: readonly GateResult[];
  /** What the old version has, by the order of the gates; null where that is not known. */
  oldVersion: readonly (string | null)[];
  watch: GateWatch;
}

/** Puts the news of a rollout's gates into the release's channel, each with its audit event. */
export async function tellGateNews(
  scope: Scope,
  { release, rollout }: { release: Release; rollout: Rollout },
  { news, told }: { news: readonly GateNews[]; told: ToldGates },
): Promise<void> {
  const frozen = news.includes('ready') ? await findFreeze(scope, release) : null;
  for (const one of news) {
    const { action, content } = describeNews(scope, { release, rollout }, { one, told, frozen });
    const gates = told.gates.map(({ metric, state, value, threshold }) => {
      return { metric, state, value, threshold };
    });
    const details = { trafficPercent: knownTrafficPercent(rollout), gates };
    scope.audit({ action, releaseId: release.id, details });
    // It goes on within seconds, and that is told.
    if (one === 'ready' && !frozen && goesOnItself(release.plan, release.permissions)) continue;
    const to = destinationsFor(release, 'release');
    await deliver(scope, { releaseId: release.id, to, subject: action, content });
  }
}

/** What is ready can't be asked for while a freeze holds. */
async function findFreeze({ tx, ctx, now }: Scope, release: Release) {
  const holding = await freezeHolding(tx, ctx, { release, at: now });
  if (!holding) return null;
  const { freeze, span } = holding;
  return { name: freeze.name, until: span.until, zone: freeze.zone };
}

function describeNews(
  { ctx, now }: Scope,
  { release, rollout }: { release: Release; rollout: Rollout },
  {
    one,
    told: { gates, oldVersion, watch },
    frozen,
  }: { one: GateNews; told: ToldGates; frozen: Awaited<ReturnType<typeof findFreeze>> },
): { action: TrailAction; content: Card } {
  const { plan } = release;
  const since = (at: number | undefined) => localDate(at ?? now, plan.goLive.zone);
  const watched = {
    releaseKey: release.key,
    title: `${plan.product} ${plan.version}`,
    trafficPercent: knownTrafficPercent(rollout),
    hasDriver: ctx.driver(plan.rollout.driver) !== undefined,
    links: planLinks(plan.links, ['dashboard', 'runbook']),
  };
  const soaked = {
    releaseKey: release.key,
    trafficPercent: rollout.trafficPercent,
    nextPercent: plan.rollout.phases[rollout.phaseIndex + 1]?.trafficPercent ?? 100,
    gates,
    mayPromote: whoPromotes(release),
  };
  const mayRollBack = whoMay(release, 'rollout.rollback');
  switch (one) {
    case 'failing': {
      const failing = gates.flatMap((gate, index) =>
        gate.state === 'fail' ? [{ gate, old: oldVersion[index] ?? null }] : [],
      );
      const content = failingMessage({
        ...watched,
        failed: failing.map(({ gate }) => gate),
        oldVersion: failing.map(({ old }) => old),
        since: since(watch.failing?.since),
        mayRollBack,
      });
      return { action: 'gates.failing', content };
    }
    case 'unreadable': {
      const unknown = gates.filter(({ state }) => state === 'unknown');
      const content = unreadableMessage({
        ...watched,
        unknown,
        since: since(watch.unreadable?.since),
        mayRollBack,
      });
      return { action: 'gates.unreadable', content };
    }
    case 'recovered':
      return { action: 'gates.recovered', content: recoveredMessage({ ...watched, gates }) };
    case 'readable':
      return { action: 'gates.readable', content: readableMessage(watched) };
    case 'ready':
      return {
        action: 'rollout.ready',
        content: frozen ? frozenReadyMessage(soaked, frozen) : readyMessage(soaked),
      };
    case 'blocked':
      return { action: 'rollout.blocked', content: blockedMessage(soaked) };
  }
}
