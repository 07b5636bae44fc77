import * as z from 'zod';
import type { Block } from '../../core/card/card.ts';
import { isGo } from '../../core/go-no-go/decide-poll.ts';
import { askedBy } from '../../core/go-no-go/poll-policy.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import { POLL_TEMPLATES } from '../../core/schedule/default-communications.ts';
import { pollInstant } from '../../core/schedule/poll-instant.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import type { Ctx } from '../kernel/context.ts';
import { openCard, setTimer } from '../kernel/effects.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, whoAnswersFor } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { renderMessage } from '../messages/render-message.ts';
import { refuseUnready, tellUnready } from '../readiness/hold-decision.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { setEscalation } from './escalate-poll.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });

/** How long a poll that a person opened stays open when go-live is further away. */
const askedPollMs = 24 * 3_600_000;

/** Opens a decision poll on request; answers with the open one when there is one already. */
export function askGoNoGo(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<OpenedPoll>> {
  return runVerb({ name: 'go-no-go.open', input: inputSchema, run: openOnRequest }, args);
}

export interface OpenedPoll {
  pollId: string;
  releaseKey: string;
  releaseId: string;
  opened: boolean;
  /** A go stands already. */
  goStands: boolean;
}

/** What the confirmation shows. */
export interface GoNoGoFacts {
  releaseKey: string;
  /** Those who are asked, each once. */
  voters: string[];
  closesAt: number;
  /** When the plan's own decision poll opens; null when that is over, or there is none. Epoch ms, as `closesAt`. */
  plannedAt: number | null;
  /** A go stands already. */
  goStands: boolean;
  zone: string;
  /** The poll that is open already; null: none. */
  openPollId: string | null;
}

/** Whether somebody may ask for the go/no-go now: what the confirmation shows before anybody is asked. */
export function prepareGoNoGo(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<GoNoGoFacts>> {
  const run = async (scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<GoNoGoFacts>> => {
    const checked = await checkAsked(scope, input);
    if (!checked.ok) return checked;
    const { release, current } = checked.value;
    return done({
      releaseKey: release.key,
      voters: votersOf(release, 'decision').map(({ name }) => name),
      closesAt: closeOfAsked(release, scope.now),
      plannedAt: plannedDecision(release, scope.now),
      goStands: release.state === 'approved',
      zone: release.plan.goLive.zone,
      openPollId: current?.state === 'open' ? current.id : null,
    });
  };
  return runVerb({ name: 'go-no-go.open', input: inputSchema, run }, args);
}

/**
 * The plan has changed after its decision was taken, and has no later poll that would ask again: a new one opens. Returns
 * whether it has. The caller holds the release's lock.
 */
export async function askAfterChange(scope: Scope, release: Release): Promise<boolean> {
  const last = await latestPoll(scope.tx, release.id);
  const wasDecided = last?.kind === 'decision' && last.state === 'closed' && isGo(last.outcome);
  const isToCome = plannedDecision(release, scope.now) !== null;
  if (!wasDecided || isToCome || release.pause || release.state !== 'in_planning') return false;
  if (await refuseUnready(scope, release)) {
    await tellUnready(scope, release);
    return false;
  }
  const { blocks: intro } = renderMessage(scope.ctx, release, {
    template: POLL_TEMPLATES.decision,
    trafficPercent: null,
    now: scope.now,
  });
  await openPoll(scope, release, { kind: 'decision', closesAt: closeOfAsked(release, scope.now), intro });
  return true;
}

function plannedDecision({ plan }: Release, now: number): number | null {
  const opensAt = pollInstant(plan, 'decision', 'opens') ?? now;
  return opensAt > now ? opensAt : null;
}

/** A day later, and not after go-live unless that is over. */
function closeOfAsked({ goLiveAt }: Release, now: number): number {
  return now < goLiveAt ? Math.min(now + askedPollMs, goLiveAt) : now + askedPollMs;
}

async function checkAsked(
  scope: Scope,
  input: z.infer<typeof inputSchema>,
): Promise<Result<{ release: Release; current: Poll | null }>> {
  const loaded = await loadForRequest(scope, input.releaseKey, 'poll.open');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  if (release.state !== 'in_planning' && release.state !== 'approved') {
    return refuse('wrong-state', `${release.key} has started or ended; there is nothing left to decide.`, {
      releaseId: release.id,
    });
  }
  const paused = refusePaused(release);
  if (paused) return { ok: false, refusal: paused };
  const current = await latestPoll(scope.tx, release.id);
  const unready = current?.state === 'open' ? null : await refuseUnready(scope, release);
  return unready ? { ok: false, refusal: unready } : done({ release, current });
}

async function openOnRequest(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<OpenedPoll>> {
  const checked = await checkAsked(scope, input);
  if (!checked.ok) return checked;
  const { release, current } = checked.value;
  const goStands = release.state === 'approved';
  if (current?.state === 'open') {
    return done({
      pollId: current.id,
      releaseKey: release.key,
      releaseId: release.id,
      opened: false,
      goStands,
    });
  }
  const { blocks: intro } = renderMessage(scope.ctx, release, {
    template: POLL_TEMPLATES.decision,
    trafficPercent: null,
    now: scope.now,
  });
  const closesAt = closeOfAsked(release, scope.now);
  const pollId = await openPoll(scope, release, { kind: 'decision', closesAt, intro });
  return done({ pollId, releaseKey: release.key, releaseId: release.id, opened: true, goStands });
}

/**
 * Opens a poll: its card in the release's channel, a ballot to each role's person, its close, escalation and reminders on timers.
 * The caller holds the release's lock and has made sure that no poll is open.
 */
export async function openPoll(
  scope: Scope,
  release: Release,
  poll: {
    kind: 'readiness' | 'decision';
    closesAt: number;
    intro: Block[];
    /** The item of the schedule that it carries out. */
    communicationId?: string | undefined;
  },
): Promise<string> {
  const { roles, policy } = askedBy(release.plan, poll.kind);
  const pollId = scope.ctx.newId();
  const before = await latestPoll(scope.tx, release.id);
  await scope.tx.insert(polls).values({
    id: pollId,
    releaseId: release.id,
    kind: poll.kind,
    state: 'open',
    roles: [...roles],
    policy,
    contents: contentsOf(release.plan),
    intro: poll.intro,
    // Later than the one before, also by a clock that stands still: which is the latest is told by this.
    openedAt: new Date(Math.max(scope.now, (before?.openedAt ?? 0) + 1)),
    closesAt: new Date(poll.closesAt),
  });
  const details = {
    kind: poll.kind,
    roles: [...roles],
    policy: { ...policy, veto: [...policy.veto], observers: [...policy.observers] },
    contents: { ...contentsOf(release.plan) },
    closesAt: new Date(poll.closesAt).toISOString(),
  };
  scope.audit({ action: 'poll.opened', releaseId: release.id, subject: pollId, details });
  const card = { releaseId: release.id, subjectId: pollId };
  await openCard(scope, {
    ...card,
    communicationId: poll.communicationId,
    kind: 'poll',
    to: destinationsFor(release, 'release'),
  });
  for (const voter of votersOf(release, poll.kind)) {
    const to = directMessageTo(voter, { release });
    await openCard(scope, { ...card, kind: 'ballot', to });
  }
  await setTimer(scope, {
    releaseId: release.id,
    kind: 'poll-close',
    subjectId: pollId,
    dueAt: poll.closesAt,
  });
  await setEscalation(scope, release, { id: pollId, openedAt: scope.now, closesAt: poll.closesAt });
  scope.invalidateCards(release.id);
  return pollId;
}

function votersOf(release: Release, kind: Poll['kind']): ReleasePerson[] {
  return eachOnce(askedBy(release.plan, kind).roles.flatMap((role) => whoAnswersFor(release, role)));
}
