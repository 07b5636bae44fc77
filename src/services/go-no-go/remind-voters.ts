import { and, eq } from 'drizzle-orm';
import { localDate } from '../../core/card/local-date.ts';
import { tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import { remindsAt } from '../../core/go-no-go/reminds-at.ts';
import { voteReminderMessage } from '../../core/messages/vote-reminder-message.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { findPoll, type Poll } from '../../db/queries/polls.ts';
import { findProductLock } from '../../db/queries/product-locks.ts';
import { timers } from '../../db/schema/outbox.ts';
import { deliver, setTimer } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, whoAnswersFor } from '../kernel/stand-ins.ts';
import { rolesInPoll } from './voters.ts';

/** The timers that remind voters, and those that ask their backups. */
export const reminderKind = 'poll-remind';
export const escalationKind = 'poll-escalate';
/** What reminders are called in the outbox. */
export const reminderSubject = 'vote-reminder';

/** Sets when those who have not voted by then are reminded; `escalatesAt`: when their backups are asked. */
export async function setReminders(
  scope: Scope,
  release: Release,
  poll: { id: string; openedAt: number; closesAt: number; escalatesAt: number | null },
): Promise<void> {
  for (const dueAt of remindsAt(poll)) {
    await setTimer(scope, { releaseId: release.id, kind: reminderKind, subjectId: poll.id, dueAt });
  }
}

/**
 * Writes to everybody who is asked in an open poll and has not voted, each once, with the two buttons; while the product
 * is locked, to nobody but the owner of the lock.
 */
export async function remindVoters(scope: Scope, release: Release, pollId: string): Promise<void> {
  const poll = await findPoll(scope.tx, pollId);
  if (poll?.state !== 'open' || scope.now >= poll.closesAt) return;
  const lock = await findProductLock(scope.tx, release.plan.product);
  const isReminded = ({ voter }: MissingVoter) => lock === null || lock.ownerId === voter.personId;
  await sendReminders(scope, release, { poll, to: missingVoters(release, poll).filter(isReminded) });
}

/** Somebody who is asked in a poll, can be reached and has not voted. */
export interface MissingVoter {
  voter: ReleasePerson;
  roles: RoleName[];
}

/** Each once, with the roles for which their vote is missing. */
export function missingVoters(release: Release, poll: Poll): MissingVoter[] {
  const { missing } = tallyVotes(poll, poll.votes);
  const voters = eachOnce(missing.flatMap((role) => whoAnswersFor(release, role, poll)));
  return voters.flatMap((voter) => {
    const roles = rolesInPoll({ release, poll }, voter.personId).filter((role) => missing.includes(role));
    return roles.length > 0 && voter.isReachable ? [{ voter, roles }] : [];
  });
}

/** Writes to some of those who have not voted. */
export async function sendReminders(
  scope: Scope,
  release: Release,
  { poll, to }: { poll: Poll; to: readonly MissingVoter[] },
): Promise<void> {
  const nextAt = await findEscalation(scope, poll.id);
  for (const { voter, roles } of to) {
    scope.audit({
      action: 'voter.reminded',
      releaseId: release.id,
      subject: poll.id,
      details: { name: voter.name, roles },
    });
    await deliver(scope, {
      releaseId: release.id,
      to: directMessageTo(voter, { release }),
      subject: reminderSubject,
      content: reminderTo(release, { poll, voter, roles, nextAt }),
    });
  }
}

/** When backups are asked, epoch ms; null when they have been asked, or are not going to be. */
async function findEscalation({ tx }: Scope, pollId: string): Promise<number | null> {
  const isToCome = and(
    eq(timers.subjectId, pollId),
    eq(timers.kind, escalationKind),
    eq(timers.state, 'pending'),
  );
  const [timer] = await tx.select({ dueAt: timers.dueAt }).from(timers).where(isToCome).limit(1);
  return timer?.dueAt.getTime() ?? null;
}

function reminderTo(
  release: Release,
  {
    poll,
    voter,
    roles,
    nextAt,
  }: { poll: Poll; voter: ReleasePerson; roles: RoleName[]; nextAt: number | null },
) {
  const { plan, key: releaseKey } = release;
  const { zone } = plan.goLive;
  const backups = backupsOf(release, poll, { voter, roles });
  const next = nextAt !== null && backups.length > 0 ? { backups, at: localDate(nextAt, zone) } : null;
  return voteReminderMessage({
    releaseKey,
    title: `${plan.product} ${plan.version}`,
    about: plan.summary,
    pollId: poll.id,
    round: poll.round,
    policy: poll.policy,
    kind: poll.kind,
    goStands: release.state === 'approved',
    voter,
    roles,
    closes: localDate(poll.closesAt, zone),
    next,
  });
}

/** Who is going to be asked beside a voter. */
function backupsOf(
  release: Release,
  poll: Poll,
  { voter, roles }: { voter: ReleasePerson; roles: RoleName[] },
): string[] {
  const after = { ...poll, escalatedRoles: roles };
  const asked = roles.flatMap((role) => whoAnswersFor(release, role, after));
  const others = asked.filter(
    ({ position, personId }) => position === 'backup' && personId !== voter.personId,
  );
  return [...new Set(others.map(({ name }) => name))];
}
