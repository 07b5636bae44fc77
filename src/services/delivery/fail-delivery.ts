import * as z from 'zod';
import { decodeDestination } from '../../core/address/destination.ts';
import { type Card, paragraph } from '../../core/card/card.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';
import { describeDestination, isNotice, notifyReleaseManager } from './notice.ts';

const inputSchema = z.object({
  deliveryId: z.uuid(),
  /** The attempt that found out; another one may have been made since. */
  attempts: z.number().int(),
  reason: z.string(),
});

interface FailedRow {
  release_id: string | null;
  destination: string;
  subject: string;
}

/** Gives a message up that the platform refuses for good, and tells the release manager where and why. */
export function failDelivery(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<{ failed: boolean }>> {
  return runVerb({ name: 'delivery.fail', input: inputSchema, run: fail }, args);
}

async function fail(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<{ failed: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { rows } = await scope.tx.$client.query<FailedRow>({
    name: 'fail-delivery',
    text: `update deliveries set state = 'failed', error = $3
      where id = $1 and state = 'sending' and attempts = $2 returning release_id, destination, subject`,
    values: [input.deliveryId, input.attempts, input.reason],
  });
  const row = rows[0];
  if (!row) return done({ failed: false });
  const details = { destination: row.destination, message: row.subject, reason: input.reason };
  scope.audit({
    action: 'delivery.failed',
    releaseId: row.release_id,
    subject: input.deliveryId,
    details,
  });
  const release = row.release_id ? await loadRelease(scope.tx, { id: row.release_id }) : null;
  if (release && !isNotice(row.subject))
    await notifyReleaseManager(scope, release, {
      kind: 'failed',
      content: failureNotice(release, row, input.reason),
    });
  return done({ failed: true });
}

function failureNotice(release: Release, { destination, subject }: FailedRow, reason: string): Card {
  const place = describeDestination(release, decodeDestination(destination));
  const summary = `${release.key}: a message to ${place} could not be delivered`;
  return {
    summary,
    blocks: [
      paragraph(`${summary}: ${subject}.`),
      paragraph(`Slack says ${reason}. Mend that, then tell ${place} yourself; it is not sent again.`),
    ],
  };
}
