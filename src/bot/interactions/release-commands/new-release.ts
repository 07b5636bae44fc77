import { localDate } from '../../../core/calendar/working-days.ts';
import { command } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { findProduct } from '../../../core/product-file/product.ts';
import { findUnplannedDraft } from '../../../db/queries/release-drafts.ts';
import { askPlatform } from '../../../services/kernel/ask-platform.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { done } from '../../../services/kernel/result.ts';
import { keepDraft } from '../../../services/release/keep-draft.ts';
import { mayCreateRelease } from '../../../services/release/may-create-release.ts';
import { type Answer, answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { fillDraft } from '../plan-steps/fill-draft.ts';
import { draftOf } from '../plan-steps/load-draft.ts';
import type { Draft } from '../plan-steps/plan-step.ts';
import { planSteps } from '../plan-steps/plan-steps.ts';
import { stepForm } from '../plan-steps/step-form.ts';
import { parseNewRelease } from '../words/parse-new-release.ts';

export const subcommand: Subcommand = {
  name: 'new',
  usage: '[product version on date | blank]',
  help: 'plan a release step by step, or continue where you left off; "web 2.5.0 on 18 June" fills the steps in, "blank" empties them',
  position: 100,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const allowed = await mayCreateRelease({ ctx, input: {} });
    if (!allowed.ok) return answerRefusal(allowed.refusal);
    const typed = words.trim();
    const isBlank = typed.toLowerCase() === 'blank';
    if (typed !== '' && !isBlank) return fromLine(ctx, typed);
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

/** A release on one line: filled in as far as it can be, and shown before anything is planned. */
async function fromLine(ctx: Ctx, typed: string): Promise<Answer> {
  const parsed = parseNewRelease(typed, localDate(ctx.clock.now(), ctx.defaultZone));
  if (!parsed.ok) {
    const example = command('release', 'new web 2.5.0 on 18 June at 10:00 "Two-step checkout"');
    return answerSentence(
      line`${parsed.message} For example: ${example}. Or fill in the steps: ${command('release', 'new')}.`,
    );
  }
  const { product: called, version, date, time, summary } = parsed;
  const product = findProduct(ctx.products, called)?.name ?? called;
  const given = {
    product,
    version,
    ...(date && { date }),
    ...(time && { time }),
    ...(summary && { summary }),
  };
  const empty = await draftOf(ctx, { id: ctx.newId(), values: given });
  const asked = await askPlatform(ctx, async () => done(await fillDraft(empty, given)));
  if (!asked.ok) return answerRefusal(asked.refusal);
  const { draft, problems } = asked.value;
  const kept = await keepDraft({ ctx, input: { draftId: draft.id, begins: true, values: draft.values } });
  if (!kept.ok) return answerRefusal(kept.refusal);
  const [first] = problems;
  if (!first) return answerForm(await stepForm(draft, planSteps.at(-1) ?? planSteps[0]));
  const own = problems.filter(({ step }) => step === first.step);
  return answerForm(
    await stepForm(
      draft,
      first.step,
      own.map(({ message }) => message),
    ),
  );
}
