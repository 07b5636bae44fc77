import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { isGo, tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import { overrideMessage } from '../../core/messages/override-message.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, deliver } from '../kernel/effects.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { recordDecision } from './record-decision.ts';
import { revisePoll } from './revise-poll.ts';
import { needsSignOff, signersOf } from './sign-offs-of.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = namedSchema.extend({
  reason: reasonSchema('An override needs a reason: it goes into the channel and the decision record.'),
  /** The poll that they were shown, and how often it had been reopened. */
  pollId: z.uuid(),
  round: z.int(),
});

export interface OverriddenDecision {
  releaseKey: string;
  /** Whether it still has to be signed off. */
  awaitsSignOff: boolean;
}

/** What the confirmation shows of the votes that somebody is about to overrule. */
export interface OverrideFacts {
  releaseKey: string;
  /** Names of those who are against, and how many votes are missing. */
  pollId: string;
  round: number;
  against: string[];
  missing: number;
  isOpen: boolean;
}

/** Whether somebody may override the decision on a release now: asked before the form for it opens. */
export function prepareOverride(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<OverrideFacts>> {
  const run = async (scope: Scope, input: z.infer<typeof namedSchema>): Promise<Result<OverrideFacts>> => {
    const found = await findOverridable(scope, input.releaseKey);
    if (!found.ok) return found;
    const { release, poll } = found.value;
    const { against, missing } = tallyVotes(poll, poll.votes);
    const names = [...new Set(against.map(({ personName }) => personName))];
    return done({
      releaseKey: release.key,
      ...{ pollId: poll.id, round: poll.round },
      against: names,
      missing: missing.length,
      isOpen: poll.state === 'open',
    });
  };
  return runVerb({ name: 'go-no-go.override', input: namedSchema, run }, args);
}

/** Gives a go against the votes, or without those that are missing. The reason is told in the release's channel. */
export function overrideDecision(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<OverriddenDecision>> {
  const checkRight = rightTo('poll.override');
  return runVerb({ name: 'go-no-go.override', input: inputSchema, checkRight, run: override }, args);
}

async function override(
  scope: Scope,
  { releaseKey, reason, pollId, round }: z.infer<typeof inputSchema>,
): Promise<Result<OverriddenDecision>> {
  const found = await findOverridable(scope, releaseKey);
  if (!found.ok) return found;
  const { release, poll } = found.value;
  if (poll.id !== pollId || poll.round !== round) {
    const message = `What is voted on in ${release.key} has changed since you were asked. Look at the votes, then decide.`;
    return refuse('conflict', message, { releaseId: release.id });
  }
  const by = actorName(release, scope.ctx.actor);
  const tally = tallyVotes(poll, poll.votes);
  if (poll.state === 'open') await closeAsOverridden(scope, release, poll);
  else await revisePoll(scope, release, { pollId: poll.id, outcome: 'overridden' });
  await recordDecision(scope, release, { poll, kind: 'override', outcome: 'overridden', by, reason });
  const awaitsSignOff = needsSignOff(release);
  if (!awaitsSignOff) await moveRelease(scope, release, 'approve');
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'decision-overridden',
    content: overrideMessage({
      releaseKey: release.key,
      by,
      reason,
      tally,
      signers: awaitsSignOff ? signersOf(release) : null,
    }),
  });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, awaitsSignOff });
}

async function closeAsOverridden(scope: Scope, release: Release, poll: Poll): Promise<void> {
  const closed = await scope.tx
    .update(polls)
    .set({ state: 'closed', outcome: 'overridden', closedAt: new Date(scope.now) })
    .where(and(eq(polls.id, poll.id), eq(polls.state, 'open')))
    .returning({ id: polls.id });
  if (closed.length !== 1) throw new ConflictError('the poll is no longer open');
  await cancelTimers(scope, poll.id);
  const details = { kind: poll.kind, outcome: 'overridden' };
  scope.audit({ action: 'poll.closed', releaseId: release.id, subject: poll.id, details });
}

async function findOverridable(
  scope: Scope,
  releaseKey: string | null,
): Promise<Result<{ release: Release; poll: Poll }>> {
  const loaded = await loadForRequest(scope, releaseKey, 'poll.override');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const poll = await latestPoll(scope.tx, release.id);
  const refusal = refuseOverride(release, poll) ?? refusePaused(release);
  return refusal || !poll
    ? { ok: false, refusal: refusal ?? nothingToOverride(release) }
    : done({ release, poll });
}

function refuseOverride(release: Release, poll: Poll | null): Refusal | null {
  const wrong = (message: Line) => refuse('wrong-state', message, { releaseId: release.id }).refusal;
  if (release.state !== 'in_planning')
    return wrong(`${release.key} is ${releaseStateTitles[release.state]}: there is nothing to override.`);
  if (poll?.kind !== 'decision' || (poll.state === 'closed' && poll.outcome === null))
    return nothingToOverride(release);
  if (poll.state === 'open') return null;
  if (isGo(poll.outcome) && needsSignOff(release))
    return wrong(`${release.key} has its go. What is missing is the sign-off, which nobody can override.`);
  if (isGo(poll.outcome) || (poll.contents && poll.contents.terms !== contentsOf(release.plan).terms)) {
    const ask = command('release', `go-no-go ${release.key}`);
    return wrong(line`The plan of ${release.key} has changed since the vote. Ask again with ${ask}.`);
  }
  return null;
}

function nothingToOverride(release: Release): Refusal {
  const ask = command('release', `go-no-go ${release.key}`);
  const message = line`Nobody has been asked for the go/no-go of ${release.key} yet, so there is nothing to override. Ask with ${ask}.`;
  return refuse('wrong-state', message, { releaseId: release.id }).refusal;
}
