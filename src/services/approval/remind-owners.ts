import { eq } from 'drizzle-orm';
import { isOpenDraft } from '../../core/approval/draft-standing.ts';
import { DRAFT_REMINDERS, remindersAt } from '../../core/approval/draft-times.ts';
import { localDate } from '../../core/card/local-date.ts';
import { draftEscalation, draftReminder, unapprovedDraftMessage } from '../../core/messages/draft-message.ts';
import { type Draft, findDraft, standingOf } from '../../db/queries/drafts.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { deliver } from '../kernel/effects.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable } from '../kernel/who-may.ts';
import { openDraftCard, remindersDue } from './ask-owners.ts';
import { nameDraft } from './draft-words.ts';
import { describeReason } from './missed-notes.ts';
import { askWhenDue, reload, updateDraft } from './update-drafts.ts';
import { backupsOf, ownersOf } from './who-decides.ts';

/**
 * A reminder of a draft is due: whoever has to is told, unless it is approved. Of several that are due at once, since
 * tminus was away, only the last is sent. The caller holds the release's lock.
 */
export async function remindOfDraft(scope: Scope, release: Release, draftId: string): Promise<void> {
  const found = await findDraft(scope.tx, draftId);
  if (!found) return;
  const draft = await updateDraft(scope, release, found);
  if (!isOpenDraft(standingOf(draft, release)) || draft.state === 'approved') return;
  if (draft.proposal.usual === null) return;
  const { count, last } = remindersDue(scope, release, draft);
  if (last === undefined || count <= draft.reminders) return;
  await scope.tx.update(drafts).set({ reminders: count }).where(eq(drafts.id, draft.id));
  if (draft.askedAt === null) await askWhenDue(scope, release, draft.id);
  const details = { key: draft.item.key, to: last.to };
  scope.audit({ action: 'draft.reminded', releaseId: release.id, subject: draft.id, details });
  await send[last.to](scope, release, await reload(scope, draft.id));
  scope.invalidateCards(release.id);
}

const send = { owner: remindOwners, backup: askBackups, 'release-manager': tellManager } as const;

async function remindOwners(scope: Scope, release: Release, draft: Draft): Promise<void> {
  for (const owner of ownersOf(release, draft.item)) {
    const content = draftReminder({
      ...nameDraft(release, draft),
      to: owner,
      held: draft.state === 'held' ? describeReason(draft) : null,
      next: nextAsked(release, draft),
    });
    await tell(scope, release, { person: owner, subject: 'draft-reminder', content });
  }
}

function nextAsked(release: Release, draft: Draft) {
  const backups = backupsOf(release, draft.item);
  const index = DRAFT_REMINDERS.findIndex(({ to }) => to === 'backup');
  const at = remindersAt(release.plan, draft.item)[index];
  if (backups.length === 0 || at === undefined || draft.state === 'held') return null;
  return { names: backups.map(({ name }) => name), at: localDate(at, release.plan.goLive.zone) };
}

/** What is on hold waits for whoever put it there: the backup is not asked. */
async function askBackups(scope: Scope, release: Release, draft: Draft): Promise<void> {
  if (draft.state === 'held') return;
  await scope.tx
    .update(drafts)
    .set({ escalatedAt: new Date(scope.now) })
    .where(eq(drafts.id, draft.id));
  const backups = backupsOf(release, draft.item);
  const [owner] = ownersOf(release, draft.item);
  const details = { key: draft.item.key, to: backups.map(({ name }) => name) };
  scope.audit({ action: 'draft.escalated', releaseId: release.id, subject: draft.id, details });
  for (const person of backups) {
    // The card asks by itself; of one that is open already, nobody would notice.
    if (await openDraftCard(scope, release, { draft, person })) continue;
    const content = draftEscalation({ ...nameDraft(release, draft), owner: owner?.name ?? 'the owner' });
    await tell(scope, release, { person, subject: 'draft-escalated', content });
  }
}

async function tellManager(scope: Scope, release: Release, draft: Draft): Promise<void> {
  const asked = [...ownersOf(release, draft.item), ...backupsOf(release, draft.item)];
  for (const manager of reachable(release, ['release_manager'])) {
    if (asked.some(({ personId }) => personId === manager.personId)) {
      await remindOwners(scope, release, draft);
      continue;
    }
    const content = unapprovedDraftMessage({
      ...nameDraft(release, draft),
      asked: asked.map(({ name }) => name),
      held: draft.state === 'held' ? describeReason(draft) : null,
    });
    await tell(scope, release, { person: manager, subject: 'draft-unapproved', content });
  }
}

async function tell(
  scope: Scope,
  release: Release,
  message: { person: ReleasePerson; subject: string; content: ReturnType<typeof draftReminder> },
): Promise<void> {
  const { person, subject, content } = message;
  const to = directMessageTo(person, { release });
  await deliver(scope, { releaseId: release.id, to, subject, content });
}
