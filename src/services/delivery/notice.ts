import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo, personAt } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/verb.ts';
import { findAddress } from '../release/destinations-for.ts';

/** What notices about deliveries are called in the outbox. There is no notice about a notice. */
export const noticeSubjects = {
  delayed: 'delivery-delayed',
  failed: 'delivery-failed',
  unknown: 'delivery-unknown',
  closed: 'card-closed',
} as const;

/** The line below a card that points to the one in its place; without it, people scroll. */
export const replacedCardSubject = 'card-replaced';

/** What nobody is notified of, should it fail. */
export const unnoticedSubjects: readonly string[] = [...Object.values(noticeSubjects), replacedCardSubject];

/** Puts a notice for the release manager into the outbox. */
export async function notifyReleaseManager(
  scope: Scope,
  release: Release,
  notice: { kind: keyof typeof noticeSubjects; content: Card },
): Promise<void> {
  const managers = release.people.filter(
    ({ role, position }) => role === 'release_manager' && position === 'holder',
  );
  await deliver(scope, {
    releaseId: release.id,
    to: managers.flatMap(directMessageTo),
    subject: noticeSubjects[notice.kind],
    content: notice.content,
  });
}

/** The name of a destination: its address or its person's name; its id when the release knows neither. */
export function describeDestination(release: Release, destination: Destination): string {
  return findAddress(release, destination) ?? personAt(release, destination)?.name ?? destination.id;
}
