import { eq } from 'drizzle-orm';
import { isOpenDraft } from '../../core/approval/draft-standing.ts';
import { asksOwnerAt } from '../../core/approval/draft-times.ts';
import { fingerprintOf, messageOf, type Proposal, wordingHash } from '../../core/approval/proposal.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { type Draft, findDraft, findDrafts, findUndrafted, standingOf } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { cancelTimers, setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { askKind, askOwners, openDraftCards, setDraftReminders } from './ask-owners.ts';
import { propose } from './propose.ts';
import { tellVoided } from './tell-voided.ts';

/**
 * Makes the drafts of a release those of its schedule as it is now: one for each item that customers read, with what
 * it would say. An approval of anything else than that is void, and its owner is asked again. The caller holds the
 * release's lock and has updated its schedule.
 */
export async function updateDrafts(scope: Scope, release: Release): Promise<void> {
  for (const draft of await findDrafts(scope.tx, [release.id])) await updateDraft(scope, release, draft);
  for (const item of await findUndrafted(scope.tx, release.id)) await insertDraft(scope, release, item);
}

/** Writes the draft of an item, and asks its owner now or when it is time. */
export async function insertDraft(
  scope: Scope,
  release: Release,
  { communicationId, item }: { communicationId: string; item: ScheduleItem },
): Promise<Draft> {
  const proposal = await propose(scope, release, { item, isDue: false, edited: null });
  const id = scope.ctx.newId();
  const row = { id, releaseId: release.id, communicationId, state: 'waiting' as const, proposal };
  await scope.tx.insert(drafts).values(row);
  const draft = await reload(scope, id);
  scope.audit({
    action: 'draft.made',
    releaseId: release.id,
    subject: id,
    details: detailsOf(draft, proposal),
  });
  await askInTime(scope, release, draft);
  return draft;
}

/** Brings one draft up to date; returns it as it is then. */
export async function updateDraft(scope: Scope, release: Release, draft: Draft): Promise<Draft> {
  const standing = standingOf(draft, release);
  if (!isOpenDraft(standing)) {
    await cancelTimers(scope, draft.id);
    return draft;
  }
  const { edited } = draft.proposal;
  const isAhead = draft.missedAt !== null && draft.item.dueAt !== null && draft.item.dueAt > scope.now;
  const isDue = draft.missedAt !== null && !isAhead;
  const proposal = await propose(scope, release, { item: draft.item, isDue, edited });
  if (!isAhead && isSame(proposal, draft.proposal)) {
    await openDraftCards(scope, release, draft);
    return draft;
  }
  return change(scope, release, { draft, proposal, isAhead });
}

/** `isAhead`: it was missed, and is to come again since go-live was moved. */
async function change(
  scope: Scope,
  release: Release,
  { draft, proposal, isAhead }: { draft: Draft; proposal: Proposal; isAhead: boolean },
): Promise<Draft> {
  const isVoid = draft.state === 'approved';
  await scope.tx
    .update(drafts)
    .set({
      proposal,
      revision: draft.revision + 1,
      state: isVoid ? 'waiting' : draft.state,
      ...(isAhead ? { missedAt: null, escalatedAt: null } : {}),
    })
    .where(eq(drafts.id, draft.id));
  const details = { ...detailsOf(draft, proposal), voided: isVoid };
  scope.audit({ action: 'draft.changed', releaseId: release.id, subject: draft.id, details });
  const changed = await reload(scope, draft.id);
  if (isVoid) await tellVoided(scope, release, changed);
  scope.invalidateCards(release.id);
  if (changed.missedAt === null) await askInTime(scope, release, changed);
  return reload(scope, draft.id);
}

/** Asks its owner at once if it is time, else sets when; then come the reminders. */
async function askInTime(scope: Scope, release: Release, draft: Draft): Promise<void> {
  await cancelTimers(scope, draft.id, askKind);
  const reminders = await setDraftReminders(scope, release, draft);
  await scope.tx.update(drafts).set({ reminders }).where(eq(drafts.id, draft.id));
  if (draft.askedAt !== null) return openDraftCards(scope, release, draft);
  const dueAt = asksOwnerAt(release.plan, draft.item);
  if (dueAt <= scope.now) return askOwners(scope, release, draft);
  await setTimer(scope, { releaseId: release.id, kind: askKind, subjectId: draft.id, dueAt });
}

/** When it is time to ask for the approval of a draft. The caller holds the release's lock. */
export async function askWhenDue(scope: Scope, release: Release, draftId: string): Promise<void> {
  const draft = await findDraft(scope.tx, draftId);
  if (!draft) return;
  const current = await updateDraft(scope, release, draft);
  const isOpen = isOpenDraft(standingOf(current, release));
  if (isOpen && current.askedAt === null) await askOwners(scope, release, current);
  scope.invalidateCards(release.id);
}

export function isSame(one: Proposal, other: Proposal): boolean {
  return fingerprintOf(one) === fingerprintOf(other) && one.blocked === other.blocked;
}

/** What the trail says of a draft: its item, and the wording by its hash. */
export function detailsOf({ item }: Pick<Draft, 'item'>, proposal: Proposal) {
  const message = messageOf(proposal);
  return { key: item.key, wording: message === null ? null : wordingHash(message) };
}

export async function reload(scope: Scope, id: string): Promise<Draft> {
  const draft = await findDraft(scope.tx, id);
  if (!draft) throw new Error(`draft ${id} is gone`);
  return draft;
}
