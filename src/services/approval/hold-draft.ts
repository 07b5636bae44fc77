import { eq } from 'drizzle-orm';
import type * as z from 'zod';
import { drafts } from '../../db/schema/drafts.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { setDraftReminders } from './ask-owners.ts';
import {
  type DraftInput,
  describeStanding,
  draftInput,
  loadForDecision,
  rightToDecide,
} from './load-for-decision.ts';
import { detailsOf } from './update-drafts.ts';

const inputSchema = draftInput.extend({
  reason: reasonSchema('A hold needs a reason: say what has to happen first.'),
});
type Input = z.infer<typeof inputSchema>;

export interface HeldDraft {
  releaseKey: string;
  title: string;
}

/** Puts a message on hold: it is not sent, whoever has approved it, until the hold is released and it is approved. */
export function holdDraft(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<HeldDraft>> {
  const checkRight = rightToDecide('draft.hold');
  return runVerb({ name: 'draft.hold', input: inputSchema, run: hold, checkRight }, args);
}

async function hold(scope: Scope, { reason, ...input }: Input): Promise<Result<HeldDraft>> {
  const loaded = await loadForDecision(scope, input, 'draft.hold');
  if (!loaded.ok) return loaded;
  const { release, draft } = loaded.value;
  if (draft.state === 'held' || draft.itemState === 'withheld')
    return refuse('wrong-state', describeStanding(release, draft), { releaseId: release.id });
  const { actor } = scope.ctx;
  // Reminders come again, since it waits.
  const reminders = await setDraftReminders(scope, release, draft);
  await scope.tx
    .update(drafts)
    .set({
      state: 'held',
      revision: draft.revision + 1,
      heldByName: actorName(release, actor),
      heldAt: new Date(scope.now),
      holdReason: reason,
      decidedBy: actor.kind === 'person' ? actor.personId : null,
      reminders,
    })
    .where(eq(drafts.id, draft.id));
  const details = { ...detailsOf(draft, draft.proposal), reason };
  scope.audit({ action: 'draft.held', releaseId: release.id, subject: draft.id, details });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, title: draft.item.title });
}

/** Takes a message off hold; it has to be approved then, whether or not it was before. */
export function releaseDraft(args: { ctx: Ctx; input: DraftInput }): Promise<Result<HeldDraft>> {
  return runVerb({ name: 'draft.release', input: draftInput, run: release }, args);
}

async function release(scope: Scope, input: DraftInput): Promise<Result<HeldDraft>> {
  const loaded = await loadForDecision(scope, input, 'draft.hold');
  if (!loaded.ok) return loaded;
  const { draft, release: of } = loaded.value;
  if (draft.state !== 'held') return refuse('wrong-state', describeStanding(of, draft), { releaseId: of.id });
  const { actor } = scope.ctx;
  await scope.tx
    .update(drafts)
    .set({
      state: 'waiting',
      revision: draft.revision + 1,
      decidedBy: actor.kind === 'person' ? actor.personId : null,
    })
    .where(eq(drafts.id, draft.id));
  const details = detailsOf(draft, draft.proposal);
  scope.audit({ action: 'draft.released', releaseId: of.id, subject: draft.id, details });
  scope.invalidateCards(of.id);
  return done({ releaseKey: of.key, title: draft.item.title });
}
