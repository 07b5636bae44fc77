import { type Destination, isSameDestination } from '../../core/address/destination.ts';
import { describeMember, memberAt } from '../../core/address/list-member.ts';
import type { Card } from '../../core/card/card.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { followerSubjects } from '../follow/followed-names.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo, personAt } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoAnswersFor } from '../kernel/stand-ins.ts';
import { destinationsFor, findAddress } from '../release/destinations-for.ts';
import { copySubject } from '../subscriptions/copies.ts';

/** What notices to the release manager are called in the outbox. There is no notice about a notice. */
export const noticeSubjects = {
  delayed: 'delivery-delayed',
  failed: 'delivery-failed',
  unknown: 'delivery-unknown',
  closed: 'card-closed',
  refused: 'card-refused',
  unanswered: 'votes-missing',
  traffic: 'target-changed',
} as const;

/** The line below a card that points to the one in its place; without it, people scroll. */
export const replacedCardSubject = 'card-replaced';

/** What nobody is notified of, should it fail. */
export const unnoticedSubjects: readonly string[] = [
  ...Object.values(noticeSubjects),
  replacedCardSubject,
  ...followerSubjects,
  copySubject,
];

/** Whether nobody is notified of a delivery, should it fail. */
export function isUnnoticed(subject: string): boolean {
  return unnoticedSubjects.includes(subject);
}

/**
 * Puts a notice for the release manager into the outbox. When they can't be reached, it is for their backup, else for
 * the release's channel. `except`: where it can't go, since that is what it is about.
 */
export async function notifyReleaseManager(
  scope: Scope,
  release: Release,
  notice: { kind: keyof typeof noticeSubjects; content: Card; except?: Destination },
): Promise<void> {
  await deliver(scope, {
    releaseId: release.id,
    to: receiversOf(scope, release, notice.except),
    subject: noticeSubjects[notice.kind],
    content: notice.content,
  });
}

/**
 * Where the release manager is asked or notified: whoever answers for them, else the release's channel, else somebody
 * of the release. `except`: where it can't go.
 */
export function receiversOf({ ctx }: Scope, release: Release, except?: Destination): Destination[] {
  const directly = (person: ReleasePerson) => directMessageTo(person, { release, actor: ctx.actor });
  const isPossible = (one: Destination) => !except || !isSameDestination(one, except);
  const managers = whoAnswersFor(release, 'release_manager').filter(({ isReachable }) => isReachable);
  const direct = managers.flatMap(directly).filter(isPossible);
  if (direct.length > 0) return direct;
  const channel = destinationsFor(release, 'release').filter(isPossible);
  if (channel.length > 0) return channel;
  const others = release.people.filter(({ position, isReachable }) => position === 'holder' && isReachable);
  return others.flatMap(directly).filter(isPossible).slice(0, 1);
}

/**
 * The name of a destination: its address or its person's name; its id when the release knows neither. A recipient of a
 * list keeps their address to themselves.
 */
export function describeDestination(release: Release, destination: Destination): string {
  const known = findAddress(release, destination) ?? personAt(release, destination)?.name;
  if (known !== undefined) return known;
  const member = memberAt(destination);
  return member ? describeMember(member) : destination.id;
}
