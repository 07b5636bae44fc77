import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { pausedMessage } from '../../core/messages/pause-message.ts';
import { mayPause, releaseStateTitles } from '../../core/release/release-state.ts';
import type { Pause, Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { releases } from '../../db/schema/release.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver, setTimer } from '../kernel/effects.ts';
import { holdTimers } from '../kernel/hold-timers.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { isReleaseCreator } from '../release/find-creator.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  reason: reasonSchema('A pause needs a reason: say what it waits for.'),
  /** Epoch ms; null: until somebody resumes it. */
  until: z.number().int().nullable(),
});
type Input = z.infer<typeof inputSchema>;

export interface PausedRelease {
  releaseKey: string;
  pause: Pause;
  zone: string;
}

/** Holds what is to come of a release: messages, polls, promotions. It goes on at an instant or by `resumeRelease`. */
export async function pauseRelease({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<PausedRelease>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = (scope: Scope, parsed: Input) => pause(scope, parsed, isCreator);
  const checkRight = rightTo('release.pause', { isCreator });
  return runVerb({ name: 'release.pause', input: inputSchema, run, checkRight }, { ctx, input });
}

/** The subject of the timer that ends a pause. */
export function pauseSubject(releaseId: string): string {
  return `${releaseId}:pause`;
}

async function pause(scope: Scope, input: Input, isCreator: boolean): Promise<Result<PausedRelease>> {
  const loaded = await loadForRequest(scope, input.releaseKey, 'release.pause', { isCreator });
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const refusal = refusePaused(release) ?? refusePause(scope, release, input);
  if (refusal) return { ok: false, refusal };
  const paused = await holdRelease(scope, release, input);
  await tellPause(scope, release, paused);
  return done({ releaseKey: release.key, pause: paused, zone: release.plan.goLive.zone });
}

/** Holds what is to come of a release that is not paused. The caller holds its lock and tells who has to know. */
export async function holdRelease(
  scope: Scope,
  release: Release,
  { reason, until }: Pick<Input, 'reason' | 'until'>,
): Promise<Pause> {
  await holdTimers(scope, release.id);
  if (until !== null) {
    const timer = { kind: 'resume-release', subjectId: pauseSubject(release.id), dueAt: until };
    await setTimer(scope, { releaseId: release.id, ...timer });
  }
  await scope.tx
    .update(releases)
    .set({
      pausedAt: new Date(scope.now),
      pausedUntil: until === null ? null : new Date(until),
      pauseReason: reason,
    })
    .where(eq(releases.id, release.id));
  const details = { reason, until: until === null ? null : new Date(until).toISOString() };
  scope.audit({ action: 'release.paused', releaseId: release.id, details });
  scope.invalidateCards(release.id);
  return { since: scope.now, until, reason };
}

function refusePause(scope: Scope, release: Release, { until }: Input): Refusal | null {
  const about = { releaseId: release.id };
  if (!mayPause(release.state)) {
    const message = `${release.key} is ${releaseStateTitles[release.state]}: there is nothing to pause.`;
    return refuse('wrong-state', message, about).refusal;
  }
  if (until === null || until > scope.now) return null;
  const message = 'That time has passed. Choose a later one, or leave it empty.';
  return refuse('invalid', message, { ...about, field: 'until' }).refusal;
}

async function tellPause(scope: Scope, release: Release, paused: Pause): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  const content = pausedMessage({
    releaseKey: release.key,
    zone: release.plan.goLive.zone,
    pause: paused,
    by: actorName(release, scope.ctx.actor),
    pollOpen: poll?.state === 'open',
  });
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'paused',
    content,
  });
}
