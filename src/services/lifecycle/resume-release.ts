import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { resumedMessage } from '../../core/messages/pause-message.ts';
import { contentsOf } from '../../core/plan/compare-plans.ts';
import type { Pause, Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { timers } from '../../db/schema/outbox.ts';
import { releases } from '../../db/schema/release.ts';
import { askAfterChange } from '../go-no-go/open-poll.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, deliver } from '../kernel/effects.ts';
import { releaseTimers } from '../kernel/hold-timers.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { pauseSubject } from './pause-release.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });
type Input = z.infer<typeof inputSchema>;

export interface ResumedRelease {
  releaseKey: string;
  /** How many items have become due meanwhile, and are done now. */
  overdue: number;
}

/** Lets a paused release go on. What has become due meanwhile is done now; an open poll is open longer by the pause. */
export async function resumeRelease({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<ResumedRelease>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = (scope: Scope, parsed: Input) => resumeOnRequest(scope, parsed, isCreator);
  return runVerb({ name: 'release.resume', input: inputSchema, run }, { ctx, input });
}

async function resumeOnRequest(
  scope: Scope,
  { releaseKey }: Input,
  isCreator: boolean,
): Promise<Result<ResumedRelease>> {
  const loaded = await loadForRequest(scope, releaseKey, 'release.pause', { isCreator });
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  if (!release.pause)
    return refuse('wrong-state', `${release.key} is not paused.`, { releaseId: release.id });
  const overdue = await resume(scope, release, release.pause, actorName(release, scope.ctx.actor));
  return done({ releaseKey: release.key, overdue });
}

/** Ends a pause whose time is over. The caller holds the release's lock. */
export async function endPause(scope: Scope, release: Release): Promise<void> {
  if (release.pause) await resume(scope, release, release.pause, null);
}

async function resume(scope: Scope, release: Release, pause: Pause, by: string | null): Promise<number> {
  const resumedAt = new Date(scope.now);
  const running = { pausedAt: null, pausedUntil: null, pauseReason: null, resumedAt };
  await scope.tx.update(releases).set(running).where(eq(releases.id, release.id));
  await cancelTimers(scope, pauseSubject(release.id));
  const closesAt = await prolongPoll(scope, release, scope.now - pause.since);
  const overdue = await releaseTimers(scope, release.id);
  await wakePeople(scope, { ...release, pause: null });
  const details = { since: new Date(pause.since).toISOString(), overdue };
  scope.audit({ action: 'release.resumed', releaseId: release.id, details });
  const { zone } = release.plan.goLive;
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'resumed',
    content: resumedMessage({ releaseKey: release.key, by, overdue, pollClosesAt: closesAt, zone }),
  });
  await askIfChanged(scope, { ...release, pause: null });
  scope.invalidateCards(release.id);
  return overdue;
}

/** In a pause nobody is asked: whatever a go was given for may have changed meanwhile. */
async function askIfChanged(scope: Scope, release: Release): Promise<void> {
  const last = await latestPoll(scope.tx, release.id);
  if (last?.contents && last.contents.terms !== contentsOf(release.plan).terms)
    await askAfterChange(scope, release);
}

/** Nobody loses time to vote by a pause. Null when no poll is open. */
async function prolongPoll(scope: Scope, release: Release, pausedMs: number): Promise<number | null> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open') return null;
  const closesAt = new Date(poll.closesAt + pausedMs);
  await scope.tx.update(polls).set({ closesAt }).where(eq(polls.id, poll.id));
  // Its close, and its escalation if that is still to come.
  const isOfPoll = and(eq(timers.subjectId, poll.id), eq(timers.state, 'held'));
  const dueAt = sql`${timers.dueAt} + ${pausedMs}::bigint * interval '1 millisecond'`;
  await scope.tx.update(timers).set({ dueAt }).where(isOfPoll);
  return closesAt.getTime();
}
