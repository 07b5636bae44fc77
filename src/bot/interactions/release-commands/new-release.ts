import { command } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { findUnplannedDraft } from '../../../db/queries/release-drafts.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { mayCreateRelease } from '../../../services/release/may-create-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { draftOf } from '../plan-steps/load-draft.ts';
import type { Draft } from '../plan-steps/plan-step.ts';
import { planSteps } from '../plan-steps/plan-steps.ts';
import { stepForm } from '../plan-steps/step-form.ts';

export const subcommand: Subcommand = {
  name: 'new',
  usage: '[blank]',
  help: 'plan a release step by step, or go on with what you began; with "blank", start with empty fields',
  position: 10,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const allowed = await mayCreateRelease({ ctx, input: {} });
    if (!allowed.ok) return answerRefusal(allowed.refusal);
    const isBlank = words.trim().toLowerCase() === 'blank';
    const { draft, notices } = (isBlank ? null : await begun(ctx)) ?? (await blank(ctx));
    return answerForm(await stepForm(draft, planSteps[0], notices));
  },
};

interface Beginning {
  draft: Draft;
  notices: readonly Line[];
}

async function blank(ctx: Ctx): Promise<Beginning> {
  return { draft: await draftOf(ctx, { id: ctx.newId(), values: {} }), notices: [] };
}

/** What the person began within the last day and has not planned. */
async function begun(ctx: Ctx): Promise<Beginning | null> {
  const { actor, db, clock } = ctx;
  if (actor.kind !== 'person') return null;
  const kept = await findUnplannedDraft(db, { personId: actor.personId, wall: clock.wall() });
  if (!kept) return null;
  const notice = line`This is what you filled in before. To start with empty fields: ${command('release', 'new blank')}.`;
  return { draft: await draftOf(ctx, kept), notices: [notice] };
}
