import { eq } from 'drizzle-orm';
import { isOpenDraft } from '../../core/approval/draft-standing.ts';
import { DRAFT_REMINDERS, remindersAt } from '../../core/approval/draft-times.ts';
import { type Draft, findDrafts, standingOf } from '../../db/queries/drafts.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { cancelTimers, openCard, setTimer } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { backupsOf, ownersOf } from './who-decides.ts';

/** The timers that ask the owner of a draft, and those that remind. Their subject is the draft's id. */
export const askKind = 'draft-ask';
export const remindKind = 'draft-remind';

/** Opens the card of a draft for its owners, who are asked from now on. */
export async function askOwners(scope: Scope, release: Release, draft: Draft): Promise<void> {
  const askedAt = new Date(scope.now);
  await scope.tx.update(drafts).set({ askedAt }).where(eq(drafts.id, draft.id));
  const owners = ownersOf(release, draft.item);
  const details = { key: draft.item.key, asked: owners.map(({ name }) => name) };
  scope.audit({ action: 'draft.asked', releaseId: release.id, subject: draft.id, details });
  await openDraftCards(scope, release, { ...draft, askedAt });
}

/** Opens the card of a draft for whoever is asked now: its owners, and its backups once they were asked, too. */
export async function openDraftCards(scope: Scope, release: Release, draft: Draft): Promise<void> {
  if (draft.askedAt === null || !isOpenDraft(standingOf(draft, release))) return;
  const backups = draft.escalatedAt === null ? [] : backupsOf(release, draft.item);
  for (const person of [...ownersOf(release, draft.item), ...backups]) {
    await openDraftCard(scope, release, { draft, person });
  }
}

/** The same for all drafts of a release, when somebody else answers for a role. */
export async function openCardsOfDrafts(scope: Scope, release: Release): Promise<void> {
  for (const draft of await findDrafts(scope.tx, [release.id])) await openDraftCards(scope, release, draft);
}

/** Returns whether it is new. */
export async function openDraftCard(
  scope: Scope,
  release: Release,
  { draft, person }: { draft: Pick<Draft, 'id'>; person: ReleasePerson },
): Promise<boolean> {
  const to = directMessageTo(person, { release });
  const card = { releaseId: release.id, kind: 'draft', subjectId: draft.id, to };
  return (await openCard(scope, card)) > 0;
}

/** Sets the reminders that are still to come, in place of those before. Returns how many have had their time. */
export async function setDraftReminders(
  scope: Scope,
  release: Release,
  draft: Pick<Draft, 'id' | 'item'>,
): Promise<number> {
  await cancelTimers(scope, draft.id, remindKind);
  const instants = remindersAt(release.plan, draft.item);
  for (const dueAt of instants.filter((instant) => instant > scope.now)) {
    await setTimer(scope, { releaseId: release.id, kind: remindKind, subjectId: draft.id, dueAt });
  }
  return instants.filter((instant) => instant <= scope.now).length;
}

/** How many reminders are due by now, and the last of them. */
export function remindersDue(scope: Scope, release: Release, draft: Draft) {
  const count = remindersAt(release.plan, draft.item).filter((instant) => instant <= scope.now).length;
  return { count, last: DRAFT_REMINDERS[count - 1] };
}
