import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import {
  decideOutcome,
  isGo,
  type PollOutcome,
  type PollTally,
  tallyVotes,
} from '../../core/go-no-go/decide-poll.ts';
import { decisionMessage } from '../../core/messages/decision-message.ts';
import { writeIdentity } from '../../core/people/identity.ts';
import { pollInstant } from '../../core/schedule/poll-instant.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, deliver } from '../kernel/effects.ts';
import { actorName, checkRequest } from '../kernel/permissions.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { lockPoll } from './lock-poll.ts';
import { recordDecision } from './record-decision.ts';
import { needsSignOff, signersOf } from './sign-offs-of.ts';

const inputSchema = z.object({ pollId: z.uuid('There is no such poll.') });

export interface ClosedPoll {
  releaseKey: string;
  outcome: PollOutcome;
}

/** Closes a poll before its time, by someone with the right. While the release is paused, it stays open. */
export function closePoll(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<ClosedPoll>> {
  return runVerb({ name: 'go-no-go.close', input: inputSchema, run: closeOnRequest }, args);
}

async function closeOnRequest(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<ClosedPoll>> {
  const loaded = await lockPoll(scope, input.pollId);
  if (!loaded) return refuse('not-found', 'There is no such poll.');
  const refusal = checkRequest(scope, loaded.release, 'poll.close') ?? refusePaused(loaded.release);
  if (refusal) return { ok: false, refusal };
  return settlePoll(scope, loaded, actorName(loaded.release, scope.ctx.actor));
}

/** Closes an open poll by its votes, in time or by someone before it: announces the decision and, for a decision poll, moves the release. */
export async function settlePoll(
  scope: Scope,
  { release, poll }: { release: Release; poll: Poll },
  closedBy: string | null = null,
): Promise<Result<ClosedPoll>> {
  if (poll.state !== 'open') {
    return refuse('wrong-state', `This go/no-go of ${release.key} is already closed.`, {
      releaseId: release.id,
    });
  }
  const inTime = poll.votes.filter(({ at }) => at < poll.closesAt);
  const tally = tallyVotes(poll, inTime);
  const goStood = release.state === 'approved';
  const outcome = decideOutcome(tally, { goStands: goStood && poll.kind === 'decision' });
  const closed = await scope.tx
    .update(polls)
    .set({ state: 'closed', outcome, closedAt: new Date(scope.now) })
    .where(and(eq(polls.id, poll.id), eq(polls.state, 'open')))
    .returning({ id: polls.id });
  if (closed.length !== 1) throw new ConflictError('the poll is no longer open');
  await cancelTimers(scope, poll.id);
  const details = { kind: poll.kind, outcome, votes: voteRecords(release, tally) };
  scope.audit({ action: 'poll.closed', releaseId: release.id, subject: poll.id, details });
  await recordDecision(scope, release, { poll, kind: 'votes', outcome, by: closedBy, reason: null });
  const awaitsSignOff = poll.kind === 'decision' && outcome === 'go' && !goStood && needsSignOff(release);
  if (poll.kind === 'decision' && !awaitsSignOff)
    await moveRelease(scope, release, isGo(outcome) ? 'approve' : 'withdrawApproval');
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: `${poll.kind}-outcome`,
    content: decisionMessage({
      releaseKey: release.key,
      kind: poll.kind,
      tally,
      outcome,
      goStood,
      closedBy,
      signers: awaitsSignOff ? signersOf(release) : null,
      policy: poll.policy,
      decisionOpens: pollInstant(release.plan, 'decision', 'opens') ?? release.goLiveAt,
      goLivePassed: scope.now >= release.goLiveAt,
      hasDriver: scope.ctx.driver(release.plan.rollout.driver) !== undefined,
      goLiveAt: release.goLiveAt,
      zone: release.plan.goLive.zone,
    }),
  });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, outcome });
}

function voteRecords(release: Release, tally: PollTally) {
  const identityOf = (personId: string) =>
    release.people.find((person) => person.personId === personId)?.identities[0];
  return [...tally.byRole, ...tally.advisory].map(({ role, vote }) => {
    const identity = vote && identityOf(vote.personId);
    return {
      role,
      choice: vote?.choice ?? null,
      reason: vote?.reason ?? null,
      inPlaceOf: vote?.inPlaceOf ?? null,
      person: identity ? writeIdentity(identity) : (vote?.personName ?? null),
    };
  });
}
