import * as z from 'zod';
import { isCancellation, isOpenDraft } from '../../core/approval/draft-standing.ts';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { type Draft, findDraft, standingOf } from '../../db/queries/drafts.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { describeReason } from './missed-notes.ts';
import { checkDecision, type DraftCapability, refuseUnknownDraft } from './who-decides.ts';

/** What a button or a form brings back: which draft, and as of which of its revisions. */
export const draftInput = z.object({
  draftId: z.uuid('There is no such draft.'),
  revision: z.number().int(),
});
export type DraftInput = z.infer<typeof draftInput>;

export interface LoadedDraft {
  release: Release;
  draft: Draft;
}

/**
 * Locks the release of a draft for somebody's decision on it, and checks that they may and that the draft is as they
 * saw it: of two who decide at once, the second is told what the first has done.
 */
export async function loadForDecision(
  scope: Scope,
  { draftId, revision }: DraftInput,
  capability: DraftCapability,
): Promise<Result<LoadedDraft>> {
  const loaded = await loadPermitted(scope, draftId, capability);
  if (!loaded.ok) return loaded;
  const { release, draft } = loaded.value;
  const about = { releaseId: release.id };
  const present = describeStanding(release, draft);
  if (!isOpenDraft(standingOf(draft, release))) return refuse('wrong-state', present, about);
  if (draft.revision === revision) return loaded;
  return refuse('conflict', line`It has changed since you looked, so nothing was done. ${present}`, about);
}

/** Who may not is told so before being told what is wrong with what they typed. */
export function rightToDecide(capability: DraftCapability): CheckRight {
  return async (scope, input) => {
    const named = z.object({ draftId: z.uuid() }).safeParse(input);
    if (!named.success) return null;
    const loaded = await loadPermitted(scope, named.data.draftId, capability);
    return loaded.ok ? done(loaded.value.release.id) : loaded;
  };
}

async function loadPermitted(
  scope: Scope,
  draftId: string,
  capability: DraftCapability,
): Promise<Result<LoadedDraft>> {
  const named = await findDraft(scope.tx, draftId);
  const release = named && (await lockRelease(scope.tx, { id: named.releaseId }));
  // Read again: it may have changed while the lock was waited for.
  const draft = release && (await findDraft(scope.tx, draftId));
  if (!draft) return refuseUnknownDraft();
  const refusal = checkDecision(scope, release, { item: draft.item, capability });
  return refusal ? { ok: false, refusal } : done({ release, draft });
}

/** How a draft stands, in one or two sentences. */
export function describeStanding(release: Release, draft: Draft): Line {
  const { zone } = release.plan.goLive;
  const named = `“${draft.item.title}” of ${release.key}`;
  const at = (instant: Date | null) => (instant === null ? '' : line` ${localDate(instant.getTime(), zone)}`);
  switch (standingOf(draft, release)) {
    case 'waiting':
      return line`${named} is not approved. See it with ${command('release', `drafts ${release.key}`)}.`;
    case 'approved':
      return line`${draft.approvedByName ?? 'Somebody'} approved ${named}${at(draft.approvedAt)}.`;
    case 'held':
    case 'late-held': {
      const { by, reason } = describeReason(draft);
      return line`${by} put ${named} on hold${at(draft.heldAt)}: ${reason}`;
    }
    case 'late':
      return line`${named} was not sent at its time, because nobody had approved it.`;
    case 'sent':
      return line`${named} has been sent${at(draft.settledAt)}.`;
    case 'ended':
      return line`${named} won't be sent. ${endedBecause(release, draft)}`;
  }
}

/** Why nothing more becomes of a draft. */
export function endedBecause(release: Release, draft: Draft): string {
  if (release.state === 'cancelled' && !isCancellation(draft.item)) return 'The release was cancelled.';
  if (
    draft.item.customerFacing !== true &&
    (draft.itemState === 'planned' || draft.itemState === 'overdue')
  ) {
    return 'The plan no longer says that customers read it, so it needs no approval.';
  }
  return draft.note ?? '';
}

/** Why something can't be sent as things stand; null when it can. */
export function refuseBlocked({ release, draft }: LoadedDraft): Refusal | null {
  const { usual, blocked } = draft.proposal;
  if (usual !== null) return null;
  const why = blocked === null ? '' : ` ${blocked}`;
  const message = `There is nothing to approve as things stand.${why}`;
  return refuse('wrong-state', message, { releaseId: release.id }).refusal;
}
