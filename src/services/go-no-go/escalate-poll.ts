import { eq } from 'drizzle-orm';
import { describeInstant } from '../../core/calendar/describe-instant.ts';
import type { Inline } from '../../core/card/card.ts';
import { tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import { escalatesAt } from '../../core/go-no-go/escalates-at.ts';
import { escalationMessage, unansweredMessage } from '../../core/messages/escalation-message.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { findPoll, latestPoll, type Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { notifyReleaseManager } from '../delivery/notice.ts';
import { cancelTimers, deliver, openCard, setTimer } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, whoAnswersFor } from '../kernel/stand-ins.ts';
import { escalationKind, reminderKind, setReminders } from './remind-voters.ts';
import { rolesInPoll } from './voters.ts';

/** A role without a vote, and the backups who are asked from now on. */
interface Escalation {
  role: RoleName;
  holder: string;
  backups: ReleasePerson[];
  /** Whether it has a backup who may not vote for it beside their own role. */
  isBarred: boolean;
}

/**
 * Sets when those who have not voted are reminded, and when their backups are asked; those not at all when the poll
 * closes before.
 */
export async function setEscalation(
  scope: Scope,
  release: Release,
  poll: { id: string; openedAt: number; closesAt: number },
): Promise<void> {
  const dueAt = escalatesAt({ ...poll, after: release.plan.goNoGo.escalateAfter });
  const timer = { releaseId: release.id, kind: escalationKind, subjectId: poll.id };
  if (dueAt !== null) await setTimer(scope, { ...timer, dueAt });
  await setReminders(scope, release, { ...poll, escalatesAt: dueAt });
}

/**
 * The votes of the open poll were cleared: its voters are asked anew, have their time again, and are reminded again. The time of a pause
 * does not count: its end moves the escalation and the close by its length.
 */
export async function restartEscalation(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open') return;
  await scope.tx.update(polls).set({ escalatedRoles: [], toldComplete: null }).where(eq(polls.id, poll.id));
  for (const kind of [escalationKind, reminderKind]) await cancelTimers(scope, poll.id, kind);
  await setEscalation(scope, release, { ...poll, openedAt: release.pause?.since ?? scope.now });
}

/**
 * Has the backups asked of those who have not voted in an open poll. They vote in place of the holder, whose own vote
 * counts whenever it comes. The release manager is notified of roles for which there is nobody else.
 */
export async function escalatePoll(scope: Scope, release: Release, pollId: string): Promise<void> {
  const poll = await findPoll(scope.tx, pollId);
  if (poll?.state !== 'open' || scope.now >= poll.closesAt) return;
  const { missing } = tallyVotes(poll, poll.votes);
  if (missing.length === 0) return;
  const found = missing.map((role) => escalate(release, poll, { role, missing }));
  const escalated = found.filter(({ backups }) => backups.length > 0);
  // A role without a backup, too: who is named later votes at once.
  const roles = [
    ...poll.escalatedRoles,
    ...found.filter(({ isBarred }) => !isBarred).map(({ role }) => role),
  ];
  await scope.tx.update(polls).set({ escalatedRoles: roles }).where(eq(polls.id, poll.id));
  for (const { role, holder, backups } of found) {
    const details = { role, holder, to: backups.map(({ name }) => name) };
    scope.audit({ action: 'role.escalated', releaseId: release.id, subject: poll.id, details });
  }
  await askBackups(scope, release, { poll, escalated });
  await tellUnanswered(scope, release, { poll, found });
  scope.invalidateCards(release.id);
}

function escalate(
  release: Release,
  poll: Poll,
  { role, missing }: { role: RoleName; missing: RoleName[] },
): Escalation {
  const asked = whoAnswersFor(release, role, poll);
  const after = { ...poll, escalatedRoles: missing };
  const others = whoAnswersFor(release, role, after).filter((person) => !asked.includes(person));
  const backups = others.filter(({ personId }) =>
    rolesInPoll({ release, poll: after }, personId).includes(role),
  );
  const isBarred = backups.length < others.length;
  return { role, holder: asked[0]?.name ?? 'nobody', backups, isBarred };
}

/** Each once, however many roles they are asked for. */
async function askBackups(
  scope: Scope,
  release: Release,
  { poll, escalated }: { poll: Poll; escalated: readonly Escalation[] },
): Promise<void> {
  const backups = escalated.flatMap((one) => one.backups);
  for (const backup of eachOnce(backups)) {
    const to = directMessageTo(backup, { release });
    const opened = await openCard(scope, { releaseId: release.id, kind: 'ballot', subjectId: poll.id, to });
    if (opened > 0) continue;
    const roles = escalated.filter((one) => one.backups.some(({ personId }) => personId === backup.personId));
    const content = escalationMessage({
      ...describe(release, poll),
      pollId: poll.id,
      round: poll.round,
      roles,
    });
    await deliver(scope, { releaseId: release.id, to, subject: 'role-escalated', content });
  }
}

async function tellUnanswered(
  scope: Scope,
  release: Release,
  { poll, found }: { poll: Poll; found: readonly Escalation[] },
): Promise<void> {
  const roles = found.filter(({ backups }) => backups.length === 0);
  if (roles.length === 0) return;
  const content = unansweredMessage({ ...describe(release, poll), roles });
  await notifyReleaseManager(scope, release, { kind: 'unanswered', content });
}

function describe(release: Release, poll: Poll) {
  const fallback = describeInstant(poll.closesAt, release.plan.goLive.zone);
  const instant = new Date(poll.closesAt).toISOString();
  const closes: Inline = { type: 'time', instant, fallback, style: 'absolute' };
  return { releaseKey: release.key, kind: poll.kind, closes };
}
