import * as z from 'zod';
import { decodeDestination } from '../../core/address/destination.ts';
import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { type Card, paragraph } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';
import { describeDestination, noticeSubjects, notifyReleaseManager } from './notice.ts';

const inputSchema = z.object({
  deliveryId: z.uuid(),
  releaseId: z.uuid(),
  /** The attempt that failed; another one may have been made since. */
  attempts: z.number().int(),
});
type Input = z.infer<typeof inputSchema>;

interface DelayedRow {
  destination: string;
  subject: string;
  /** `sending`: it may have been posted. */
  state: 'pending' | 'sending';
  failing_since: Date;
  error: string;
}

/**
 * Tells the release manager, once, that a message has been failing for long and goes on being tried. Nothing is
 * told while an earlier such notice of the release waits itself, nor about a notice.
 */
export function notifyDelay(args: { ctx: Ctx; input: Input }): Promise<Result<{ told: boolean }>> {
  return runVerb({ name: 'delivery.notify-delay', input: inputSchema, run: tell }, args);
}

async function tell(scope: Scope, input: Input): Promise<Result<{ told: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  // Under its lock the notice of another message is seen, should that be told at the same moment.
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  if (!release) return done({ told: false });
  const wall = scope.ctx.clock.wall();
  const row = await markNotified(scope, input, wall);
  if (!row) return done({ told: false });
  scope.audit({
    action: 'delivery.delayed',
    releaseId: release.id,
    subject: input.deliveryId,
    details: {
      destination: row.destination,
      message: row.subject,
      failingSince: row.failing_since.toISOString(),
      reason: row.error,
    },
  });
  await notifyReleaseManager(scope, release, { kind: 'delayed', content: delayNotice(release, row, wall) });
  return done({ told: true });
}

/** Null when there is nothing to tell, or nothing yet. */
async function markNotified(
  { tx }: Scope,
  { deliveryId, releaseId, attempts }: Input,
  wall: number,
): Promise<DelayedRow | null> {
  const { rows } = await tx.$client.query<DelayedRow>({
    name: 'notify-delay',
    text: `update deliveries set delay_notified_at = $4
      where id = $1 and release_id = $2 and attempts = $3 and state in ('pending', 'sending')
        and failing_since is not null and delay_notified_at is null and subject <> all($5)
        and not exists (select from deliveries notice where notice.release_id = $2
          and notice.subject = $6 and notice.state in ('pending', 'sending'))
      returning destination, subject, state, failing_since, error`,
    values: [
      deliveryId,
      releaseId,
      attempts,
      new Date(wall),
      Object.values(noticeSubjects),
      noticeSubjects.delayed,
    ],
  });
  return rows[0] ?? null;
}

/** It may be read much later, since it waits in the outbox itself. So it says what was true when. */
function delayNotice(release: Release, row: DelayedRow, wall: number): Card {
  const place = describeDestination(release, decodeDestination(row.destination));
  const at = (instant: number) => describeInstant(instant, release.plan.goLive.zone);
  const summary = `${release.key}: a message to ${place} is held up`;
  const state =
    row.state === 'pending'
      ? `At ${at(wall)} it was not posted yet`
      : `At ${at(wall)} it was not known whether it had been posted`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}: ${row.subject}.`),
      paragraph(`${state}; the first attempt failed at ${at(row.failing_since.getTime())}.`),
      paragraph(`The last attempt: ${row.error}`),
      paragraph(
        'It goes on being tried, for a day at least. What is to follow in the same place waits, so that the order stays.',
      ),
      paragraph(
        `If it is urgent, look whether it has arrived by now. If not, tell ${place} yourself; it is posted all the same when that is possible again.`,
      ),
    ],
  };
}
