import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import type { StatedMessage } from '../../db/queries/facts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { recipientsOf } from '../kernel/recipients.ts';
import type { Scope } from '../kernel/scope.ts';
import { copySubject, placesOfSubscribers } from '../subscriptions/copies.ts';
import { correctionSubject } from './correction-subject.ts';

/**
 * Finds where somebody who has read `here` reads more: at the last place that they have not left. Null when they have
 * left all: whoever has unsubscribed gets no correction either.
 */
export async function placesThatWantMore(
  scope: Scope,
  release: Release,
  said: readonly StatedMessage[],
): Promise<(here: readonly StatedMessage[]) => Promise<Destination | null>> {
  const hasCopies = said.some(({ subject }) => subject === copySubject);
  const subscribed = hasCopies ? await placesOfSubscribers(scope, release, () => true) : [];
  const wanting = new Set(subscribed.map(encodeDestination));
  return async (here) => {
    const read = here.filter(({ state }) => state !== 'failed').map(({ destination }) => destination);
    if (isOfSubscriber(here)) return read.findLast((one) => wanting.has(encodeDestination(one))) ?? null;
    for (const destination of read.toReversed()) {
      if ((await recipientsOf(scope, [destination])).length > 0) return destination;
    }
    return null;
  };
}

/** Whether all that was said there were copies, and what corrected them. */
function isOfSubscriber(here: readonly StatedMessage[]): boolean {
  const others = here.filter(({ subject }) => subject !== correctionSubject);
  return others.length > 0 && others.every(({ subject }) => subject === copySubject);
}

/** Whether customers read there. Somebody's own copies are theirs alone: they read what the teams read, too. */
export function readByCustomers(here: readonly StatedMessage[]): boolean {
  const read = here.filter(({ state, title }) => state !== 'failed' && title !== null);
  if (!isOfSubscriber(here)) return read.some(({ isForCustomers }) => isForCustomers);
  return read.every(({ isForCustomers }) => isForCustomers);
}
