import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { type EditedText, maxBodyLength, maxTitleLength } from '../../core/approval/edited-text.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { setDraftReminders } from './ask-owners.ts';
import {
  draftInput,
  type LoadedDraft,
  loadForDecision,
  refuseBlocked,
  rightToDecide,
} from './load-for-decision.ts';
import { tellVoided } from './tell-voided.ts';
import { detailsOf, isSame, reload, updateDraft } from './update-drafts.ts';

const textSchema = z.object({
  title: z
    .string()
    .trim()
    .refine(hasVisibleText, 'A message needs a heading.')
    .max(maxTitleLength, `A heading can have at most ${maxTitleLength} characters.`),
  body: z
    .string()
    .trim()
    .refine(hasVisibleText, 'A message needs a text.')
    .max(maxBodyLength, 'A text can have at most 3,000 characters.'),
});

/** `text` null: the template's again. */
const inputSchema = draftInput.extend({ text: textSchema.nullable() });
type Input = z.infer<typeof inputSchema>;

export interface EditedDraft {
  releaseKey: string;
  title: string;
  /** Whether it had been approved, and has to be again. */
  wasApproved: boolean;
}

/** Writes the text of a message in place of the template's. It is literal, and has to be approved like any other. */
export function editDraft(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<EditedDraft>> {
  const checkRight = rightToDecide('draft.edit');
  return runVerb({ name: 'draft.edit', input: inputSchema, run: edit, checkRight }, args);
}

async function edit(scope: Scope, input: Input): Promise<Result<EditedDraft>> {
  const loaded = await loadForDecision(scope, input, 'draft.edit');
  if (!loaded.ok) return loaded;
  const { release } = loaded.value;
  const refusal = refuseBlocked(loaded.value);
  if (refusal) return { ok: false, refusal };
  const draft = await updateDraft(scope, release, loaded.value.draft);
  const proposal = { ...draft.proposal, edited: input.text };
  if (isSame(proposal, draft.proposal)) {
    const message = 'That is already the text. Change something, or cancel.';
    return refuse('invalid', message, { releaseId: release.id, field: 'body' });
  }
  const wasApproved = draft.state === 'approved';
  await writeText(scope, { release, draft }, { ...input, wasApproved });
  const details = { ...detailsOf(draft, proposal), voided: wasApproved };
  scope.audit({ action: 'draft.edited', releaseId: release.id, subject: draft.id, details });
  if (wasApproved) await tellVoided(scope, release, await reload(scope, draft.id));
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, title: draft.item.title, wasApproved });
}

async function writeText(
  scope: Scope,
  { release, draft }: LoadedDraft,
  { text, wasApproved }: { text: EditedText | null; wasApproved: boolean },
): Promise<void> {
  const { actor } = scope.ctx;
  await scope.tx
    .update(drafts)
    .set({
      proposal: { ...draft.proposal, edited: text },
      revision: draft.revision + 1,
      state: wasApproved ? 'waiting' : draft.state,
      editedByName: text === null ? null : actorName(release, actor),
      editedAt: text === null ? null : new Date(scope.now),
      decidedBy: actor.kind === 'person' ? actor.personId : null,
    })
    .where(eq(drafts.id, draft.id));
  if (!wasApproved) return;
  const reminders = await setDraftReminders(scope, release, draft);
  await scope.tx.update(drafts).set({ reminders }).where(eq(drafts.id, draft.id));
}
