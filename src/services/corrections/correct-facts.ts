import { inArray } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import { recordedDestination } from '../../core/address/list-member.ts';
import type { PostedMessage } from '../../core/address/posted-message.ts';
import { FACT_NAMES, type FactChanges } from '../../core/facts/facts.ts';
import type { CorrectionPlan } from '../../core/facts/plan-corrections.ts';
import { correctionForCustomers } from '../../core/messages/correction-for-customers.ts';
import { type ChangeCause, correctionMessage } from '../../core/messages/correction-message.ts';
import { newValues } from '../../core/messages/describe-facts.ts';
import type { MessageAbout } from '../../core/messages/message-about.ts';
import { lockWaitingCorrections, type StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveryFacts } from '../../db/schema/facts.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { aboutRelease } from '../kernel/about-release.ts';
import { insertDelivery } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { correctionSubject } from './correction-subject.ts';
import { planEverywhere } from './plan-everywhere.ts';

/**
 * Sees to it that nobody is left with old news: wherever readers hold a fact of the release that is no longer so, one
 * correction is put into the outbox, and one that waits there and is overtaken is withdrawn. Customers are corrected in
 * fixed words alone: nobody has approved any others. To be called whenever a fact changes or a message turns out not to arrive; called twice, it does nothing the second time. A cancelled
 * release has its own message. The caller holds the release's lock. `cause`: who changed it; null when nothing was
 * changed just now. Returns where something is corrected.
 */
export async function correctFacts(
  scope: Scope,
  release: Release,
  cause: ChangeCause | null,
): Promise<Destination[]> {
  if (release.state === 'cancelled') return [];
  await lockWaitingCorrections(scope.tx, release.id);
  const corrected: Destination[] = [];
  const aboutIt = aboutOnce(scope, release);
  for (const planned of await planEverywhere(scope, release)) {
    await withdraw(scope, release, planned.withdraw);
    const { destination, isForCustomers } = planned;
    if (!destination) continue;
    const [overtaken] = planned.withdraw;
    await correct(scope, release, {
      ...planned,
      destination,
      // Reasons and names are the teams' own.
      cause: isForCustomers ? null : (cause ?? overtaken?.cause ?? null),
      isForCustomers,
      about: destination.kind === 'address' ? await aboutIt(isForCustomers) : undefined,
    });
    corrected.push(destination);
  }
  return corrected;
}

/** What a notifier is told of it, read once for all places of a kind. */
function aboutOnce(scope: Scope, { id: releaseId }: Release) {
  const known = new Map<boolean, MessageAbout>();
  return async (customerFacing: boolean): Promise<MessageAbout> => {
    const item = { item: correctionSubject, audience: null, customerFacing };
    const about = known.get(customerFacing) ?? (await aboutRelease(scope, { releaseId, ...item }));
    known.set(customerFacing, about);
    return about;
  };
}

async function withdraw(scope: Scope, release: Release, overtaken: readonly StatedMessage[]): Promise<void> {
  if (overtaken.length === 0) return;
  const ids = overtaken.map(({ id }) => id);
  const ended = { state: 'failed', error: 'Not sent: it was overtaken by another change.' } as const;
  await scope.tx.update(deliveries).set(ended).where(inArray(deliveries.id, ids));
  // It says nothing to anybody, and is not one that a channel has refused.
  await scope.tx.delete(deliveryFacts).where(inArray(deliveryFacts.deliveryId, ids));
  for (const { id, destination } of overtaken) {
    const details = { destination: recordedDestination(destination) };
    scope.audit({ action: 'correction.withdrawn', releaseId: release.id, subject: id, details });
  }
}

async function correct(
  scope: Scope,
  release: Release,
  {
    destination,
    correct: changes,
    held,
    below,
    cause,
    isForCustomers,
    about,
  }: CorrectionPlan<StatedMessage> & {
    destination: Destination;
    cause: ChangeCause | null;
    isForCustomers: boolean;
    about: MessageAbout | undefined;
  },
): Promise<void> {
  const { product, version } = release.plan;
  const facts = { title: `${product} ${version}`, correct: changes, held };
  const content = isForCustomers ? correctionForCustomers(facts) : correctionMessage({ ...facts, cause });
  const replyTo = destination.kind === 'person' ? null : placeBelow(below);
  await insertDelivery(scope, {
    releaseId: release.id,
    destination,
    subject: correctionSubject,
    content,
    about,
    ...(replyTo ? { replyTo } : {}),
    states: newValues(changes),
    correction: { corrects: changes, cause },
  });
  const details = { destination: recordedDestination(destination), facts: recordOf(changes) };
  scope.audit({ action: 'correction.planned', releaseId: release.id, details });
}

/** A reply has no thread of its own: what is below it is below the same message. */
function placeBelow(message: StatedMessage | null): PostedMessage | null {
  return message && (message.replyTo ?? message.posted);
}

function recordOf(changes: FactChanges) {
  return FACT_NAMES.flatMap((fact) => {
    const change = changes[fact];
    return change ? [{ fact, from: JSON.stringify(change.from), to: JSON.stringify(change.to) }] : [];
  });
}
