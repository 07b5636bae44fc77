import { eq } from 'drizzle-orm';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import {
  askedToRollBackMessage,
  type MetRule,
  rollingBackMessage,
} from '../../core/messages/rule-message.ts';
import { planLinks } from '../../core/plan/plan-links.ts';
import type { RollbackRule } from '../../core/plan/rollback-schema.ts';
import {
  describeRule,
  describeSample,
  type RuleRun,
  type RuleSample,
} from '../../core/rollout/watch-rules.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { knownTrafficPercent, type Rollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoMay } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { beginRollback } from './roll-back-rollout.ts';

/** A rule that has been met for its whole time. */
export interface TrippedRule {
  rule: RollbackRule;
  sample: RuleSample;
  run: RuleRun;
}

/** How long people have before they are asked again, milliseconds of the release's clock. */
const askAgainAfterMs = 15 * 60_000;

interface Case {
  release: Release;
  rollout: Rollout;
  tripped: readonly TrippedRule[];
}

/** Rolls back, where the plan says so and nobody has switched it off; else asks those who can. */
export async function actOnRules(scope: Scope, found: Case): Promise<void> {
  const { release, tripped } = found;
  const why = whyNotItself(scope, found);
  if (why !== null) return askPeople(scope, found, why);
  const reason = `Rollback rule: ${tripped.map(({ rule }) => describeRule(rule)).join('; ')}.`;
  const begun = await beginRollback(scope, { releaseKey: release.key, reason });
  if (!begun.ok) return askPeople(scope, found, begun.refusal.message);
  audit(scope, found, { acted: 'rolled-back', operationId: begun.value.operationId });
  await tell(
    scope,
    release,
    'rollback-rule',
    rollingBackMessage({ ...standingOf(scope, found), met: metRules(scope, found) }),
  );
}

/** Null when it may. */
function whyNotItself({ ctx, now }: Scope, { release, rollout }: Case): Line | null {
  const { zone } = release.plan.goLive;
  if (!release.plan.rollout.rollback?.automatic)
    return "By this release's plan, people decide about a rollback.";
  if (!ctx.driver(release.plan.rollout.driver)) return 'No driver is configured, so I can not do it myself.';
  const [latest] = rollout.operations;
  if (latest?.kind === 'rollback' && (latest.state === 'failed' || latest.state === 'not_taken'))
    return 'The last rollback did not take effect, so another one is for people to decide.';
  const { disarmedUntil, disarmedBy } = rollout;
  if (disarmedUntil !== null && disarmedUntil.getTime() > now)
    return line`Automatic rollback is off until ${localDate(disarmedUntil.getTime(), zone)}, by ${disarmedBy ?? 'somebody'}.`;
  return null;
}

/** Not each time that a rule is met again: whoever was asked needs a while. */
async function askPeople(scope: Scope, found: Case, why: Line): Promise<void> {
  const { release, rollout } = found;
  const askedAt = rollout.ruleAskedAt?.getTime() ?? null;
  if (askedAt !== null && askedAt <= scope.now && scope.now - askedAt < askAgainAfterMs) return;
  await scope.tx
    .update(rollouts)
    .set({ ruleAskedAt: new Date(scope.now) })
    .where(eq(rollouts.releaseId, release.id));
  audit(scope, found, { acted: 'asked' });
  const mayRollBack = whoMay(release, 'rollout.rollback');
  const content = askedToRollBackMessage({
    ...standingOf(scope, found),
    ...{ met: metRules(scope, found), why, mayRollBack },
  });
  await tell(scope, release, 'rollback-rule', content);
}

function audit(
  scope: Scope,
  { release, rollout, tripped }: Case,
  outcome: { acted: 'rolled-back' | 'asked'; operationId?: string },
): void {
  const rules = tripped.map(({ rule, sample, run }) => ({
    rule: describeRule(rule),
    value: sample.value,
    limit: sample.limit,
    since: new Date(run.since).toISOString(),
    samples: run.samples,
  }));
  const details = { ...outcome, trafficPercent: knownTrafficPercent(rollout), rules };
  scope.audit({ action: 'rollback-rule.met', releaseId: release.id, details });
}

function metRules(scope: Scope, { release, tripped }: Case): MetRule[] {
  const { zone } = release.plan.goLive;
  return tripped.map(({ rule, sample, run }) => ({
    rule: describeRule(rule),
    now: describeSample(rule, sample),
    // Samples are of the wall clock, and people go by the release's.
    since: localDate(scope.now - (scope.ctx.clock.wall() - run.since), zone),
  }));
}

function standingOf({ ctx }: Scope, { release, rollout }: Case) {
  const { plan } = release;
  return {
    releaseKey: release.key,
    title: `${plan.product} ${plan.version}`,
    trafficPercent: knownTrafficPercent(rollout),
    hasDriver: ctx.driver(plan.rollout.driver) !== undefined,
    links: planLinks(plan.links, ['dashboard', 'runbook']),
  };
}

async function tell(
  scope: Scope,
  release: Release,
  subject: string,
  content: Parameters<typeof deliver>[1]['content'],
) {
  await deliver(scope, { releaseId: release.id, to: destinationsFor(release, 'release'), subject, content });
  scope.invalidateCards(release.id);
}
