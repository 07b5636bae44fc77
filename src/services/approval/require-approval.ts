import { eq } from 'drizzle-orm';
import { describeChanges } from '../../core/approval/describe-changes.ts';
import { fingerprintOf, messageOf, type Proposal } from '../../core/approval/proposal.ts';
import type { Card } from '../../core/card/card.ts';
import type { MissedBecause } from '../../core/messages/draft-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { type Draft, findDraftOf } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { cancelTimers } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { describeReason, MISSED_NOTES } from './missed-notes.ts';
import { tellMissed, tellSentLate } from './tell-missed.ts';
import { detailsOf, insertDraft, reload } from './update-drafts.ts';

interface Item {
  id: string;
  item: ScheduleItem;
}

/** What goes out instead of a message that is due: the same in its approved wording, or nothing, and why. */
export type Checked = { content: Card } | { reason: string };

/**
 * Lets through what customers may read: a message that was approved in exactly the wording in which it would go out
 * now, to these places, for this instant. Anything else is withheld, and everyone concerned is told why. What is not
 * for customers passes.
 */
export async function requireApproval(
  scope: Scope,
  release: Release,
  { row, content }: { row: Item; content: Card },
): Promise<Checked> {
  const { item } = row;
  if (item.customerFacing !== true) return { content };
  const draft =
    (await findDraftOf(scope.tx, row.id)) ??
    (await insertDraft(scope, release, { communicationId: row.id, item }));
  const { edited } = draft.proposal;
  const { addresses, dueAt } = item;
  const current: Proposal = { usual: content, blocked: null, edited, addresses, dueAt };
  const message = messageOf(current);
  const isApproved =
    draft.state === 'approved' &&
    draft.approved !== null &&
    fingerprintOf(draft.approved) === fingerprintOf(current);
  if (!isApproved || message === null) return { reason: await miss(scope, release, { draft, current }) };
  await cancelTimers(scope, draft.id);
  if (draft.missedAt !== null) await tellSentLate(scope, release, draft);
  return { content: message };
}

/** Whether an item of the schedule may go out as far as its approval goes; its wording is compared when it does. */
export async function isCleared({ tx }: Scope, { id, item }: Item): Promise<boolean> {
  if (item.customerFacing !== true) return true;
  return (await findDraftOf(tx, id))?.state === 'approved';
}

/** Its instant has come without an approval that holds. Returns the note of the item. */
async function miss(
  scope: Scope,
  release: Release,
  { draft, current }: { draft: Draft; current: Proposal },
): Promise<string> {
  const because = whyMissed(release, { draft, current });
  const { id, state, revision } = draft;
  await scope.tx
    .update(drafts)
    .set({
      proposal: current,
      revision: revision + 1,
      state: state === 'held' ? 'held' : 'waiting',
      missedAt: new Date(scope.now),
      askedAt: draft.askedAt ?? new Date(scope.now),
    })
    .where(eq(drafts.id, id));
  await cancelTimers(scope, id);
  const details = { ...detailsOf(draft, current), because: because.kind };
  scope.audit({ action: 'draft.missed', releaseId: release.id, subject: id, details });
  await tellMissed(scope, release, { draft: await reload(scope, id), because });
  return MISSED_NOTES[because.kind];
}

function whyMissed(release: Release, { draft, current }: { draft: Draft; current: Proposal }): MissedBecause {
  if (draft.state === 'held') return { kind: 'held', ...describeReason(draft) };
  if (draft.state === 'waiting' || draft.approved === null) return { kind: 'waiting' };
  const changes = describeChanges(draft.approved, current, release.plan.goLive.zone);
  return { kind: 'changed', by: draft.approvedByName ?? 'somebody', changes };
}
