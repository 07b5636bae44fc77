import type * as z from 'zod';
import type { Card } from '../../core/card/card.ts';
import { failedDeliveryMessage } from '../../core/messages/delivery-message.ts';
import { statedBy } from '../../db/queries/facts.ts';
import { loadRelease, type Release, type ReleasePerson } from '../../db/queries/load-release.ts';
import { correctFacts } from '../corrections/correct-facts.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo, personAt } from '../kernel/person-destination.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { recordUnreachable } from '../people/record-unreachable.ts';
import { unreachableNotice } from '../people/unreachable-notice.ts';
import { endDelivery, endedAttemptSchema, type NoticedDelivery } from './end-delivery.ts';
import { isUnnoticed, notifyReleaseManager } from './notice.ts';
import { passNoticeOn } from './pass-notice-on.ts';

type Input = z.infer<typeof endedAttemptSchema>;

/**
 * Gives up a message that its channel refuses for good, and notifies the release manager where and why. When it was
 * for a person who can't be reached any more, their backups stand in from now on.
 */
export function failDelivery(args: {
  ctx: Ctx;
  input: z.input<typeof endedAttemptSchema>;
}): Promise<Result<{ failed: boolean }>> {
  return runVerb({ name: 'delivery.fail', input: endedAttemptSchema, run: fail }, args);
}

async function fail(scope: Scope, input: Input): Promise<Result<{ failed: boolean }>> {
  const ended = await endDelivery(scope, { ...input, state: 'failed' });
  if (!ended.ok) return ended;
  const { isEnded, notice } = ended.value;
  if (notice && !input.isExpected) await tell(scope, { ...notice, ...input });
  return done({ failed: isEnded });
}

async function tell(scope: Scope, failed: NoticedDelivery & Input): Promise<void> {
  const { deliveryId, destination, subject, content, recipientIsGone } = failed;
  const isGone = recipientIsGone && destination.kind === 'person';
  if (isGone) await recordUnreachable(scope, { platform: destination.channel, id: destination.id });
  const release = isGone ? await reload(scope, failed.release) : failed.release;
  if (isUnnoticed(subject)) return passNoticeOn(scope, release, { subject, content, destination, isGone });
  const person = isGone ? personAt(release, destination) : undefined;
  if (person?.isReachable) return sendElsewhere(scope, release, { deliveryId, person, subject, content });
  const notice = person ? unreachableNotice(release, person) : failedDeliveryMessage(failed);
  await notifyReleaseManager(scope, release, { kind: 'failed', content: notice, except: destination });
}

/** To another account of the same person; a ballot was opened there already. */
async function sendElsewhere(
  scope: Scope,
  release: Release,
  {
    deliveryId,
    person,
    subject,
    content,
  }: { deliveryId: string; person: ReleasePerson; subject: string; content: Card | null },
): Promise<void> {
  if (!content) return;
  const to = directMessageTo(person, { release });
  const states = await statedBy(scope.tx, deliveryId);
  await deliver(scope, { releaseId: release.id, to, subject, content, states });
  // The facts may have changed since it was written.
  await correctFacts(scope, release, null);
}

/** Who can be reached has changed. */
async function reload({ tx }: Scope, release: Release): Promise<Release> {
  return (await loadRelease(tx, { id: release.id })) ?? release;
}
