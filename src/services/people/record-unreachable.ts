import { and, eq, isNull } from 'drizzle-orm';
import { type Identity, writeIdentity } from '../../core/people/identity.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { identities } from '../../db/schema/people.ts';
import { openCardsOfDrafts } from '../approval/ask-owners.ts';
import { openCard } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoAnswersFor } from '../kernel/stand-ins.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { releasesOf } from './releases-of.ts';

/**
 * Records that an account takes no messages any more. In every release under way or live the backups of its person stand in
 * from now on: they get the ballots that are open. False: it was known, or nobody has this account.
 */
export async function recordUnreachable(scope: Scope, identity: Identity): Promise<boolean> {
  const { platform, platformId, unreachableSince } = identities;
  const [gone] = await scope.tx
    .update(identities)
    .set({ unreachableSince: new Date(scope.now) })
    .where(and(eq(platform, identity.platform), eq(platformId, identity.id), isNull(unreachableSince)))
    .returning({ personId: identities.personId });
  if (!gone) return false;
  for (const release of await releasesOf(scope, [gone.personId])) {
    const details = { account: writeIdentity(identity), roles: rolesIn(release, gone.personId) };
    scope.audit({ action: 'person.unreachable', releaseId: release.id, details });
    await openBallots(scope, release);
    await openCardsOfDrafts(scope, release);
    await wakePeople(scope, release);
    scope.invalidateCards(release.id);
  }
  return true;
}

/** Opens the ballots of a release's open poll for whoever answers for its roles; those that are open stay. */
export async function openBallots(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open') return;
  for (const voter of poll.roles.flatMap((role) => whoAnswersFor(release, role, poll))) {
    const to = directMessageTo(voter, { release });
    await openCard(scope, { releaseId: release.id, kind: 'ballot', subjectId: poll.id, to });
  }
}

function rolesIn({ people }: Release, personId: string): string[] {
  return people
    .filter((person) => person.personId === personId && person.position === 'holder')
    .map(({ role }) => role);
}
