import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo, personAt } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/verb.ts';

/** What notices about deliveries are called in the outbox. What becomes of a notice is told by no other one. */
export const noticeSubjects = { delayed: 'delivery-delayed', failed: 'delivery-failed' } as const;

/** Whether a delivery is a notice about another one. */
export function isNotice(subject: string): boolean {
  return Object.values<string>(noticeSubjects).includes(subject);
}

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

/** The name of a destination: a channel's or a person's, its id when the release knows neither. */
export function describeDestination(release: Release, destination: Destination): string {
  const { id } = destination;
  const channel = release.channels.find(({ channelId }) => channelId === id)?.name;
  return channel ?? personAt(release, destination)?.name ?? id;
}
