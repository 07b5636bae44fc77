import * as z from 'zod';
import type { FormOutcome } from '../../core/card/form.ts';
import type { DraftInput } from '../../services/approval/load-for-decision.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import { refusedDraft } from './draft-answers.ts';
import { notDoneOutcome, refusedOutcome } from './form-outcomes.ts';

/** What the form of a draft brings back. What names no draft is refused by the verb, which records who tried. */
export const draftMetadata = z
  .object({ draftId: z.string(), revision: z.string() })
  .catch({ draftId: '', revision: '0' });

export function readDraft({ draftId, revision }: z.infer<typeof draftMetadata>): DraftInput {
  return { draftId, revision: Number.parseInt(revision, 10) || 0 };
}

/** A refusal beside the field that can put it right; else in place of the form, with the draft as it is now. */
export async function refusedDraftForm(
  ctx: Ctx,
  refusal: Refusal,
  { draftId, field }: { draftId: string; field: string },
): Promise<FormOutcome> {
  if (refusal.code !== 'conflict' && refusal.code !== 'wrong-state') return refusedOutcome(refusal, field);
  return notDoneOutcome(await refusedDraft(ctx, refusal, draftId));
}
