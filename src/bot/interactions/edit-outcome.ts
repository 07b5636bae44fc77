import { type Card, paragraph } from '../../core/card/card.ts';
import type { FormOutcome } from '../../core/card/form.ts';
import { isSame } from '../../core/plan/compare-plans.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { type EditedRelease, editRelease } from '../../services/lifecycle/edit-release.ts';
import { forecastMove } from '../../services/lifecycle/forecast-move.ts';
import type { DifferingNames } from '../../services/release/check-names.ts';
import { refusedOutcome } from './form-outcomes.ts';
import { confirmRescheduleForm, nothingMoved } from './reschedule-forms.ts';

/**
 * The same for a whole plan. One with another go-live moves the release, so what that does is shown first, and nothing
 * has changed until it is confirmed.
 */
export async function importOutcome(
  ctx: Ctx,
  imported: { plan: Plan; field: string; warnings: readonly string[]; differingNames: DifferingNames },
): Promise<FormOutcome> {
  const { plan, field, differingNames } = imported;
  const { release: releaseKey, goLive } = plan;
  const release = await loadRelease(ctx.db, { key: releaseKey });
  if (!release || isSame(release.plan.goLive, goLive) || release.plan.goLive.zone !== goLive.zone)
    return editOutcome(ctx, imported);
  const { date, time } = goLive;
  const input = { releaseKey, date, time, from: null, newPlan: { plan, differingNames } };
  const forecast = await forecastMove({ ctx, input });
  if (!forecast.ok) return refusedOutcome({ ...forecast.refusal, field }, field);
  const next = await confirmRescheduleForm(ctx, forecast.value, { notices: imported.warnings });
  return { kind: 'next', form: next, late: nothingMoved(releaseKey) };
}

/**
 * Changes the release that has the key of a plan; what can be put right is said beside `field`. `warnings`: what was
 * odd about the text that the plan was read from, in whole sentences.
 */
export async function editOutcome(
  ctx: Ctx,
  {
    field,
    warnings = [],
    ...input
  }: {
    plan: Plan;
    field: string;
    warnings?: readonly string[];
    differingNames?: DifferingNames;
    basedOn?: string;
  },
): Promise<FormOutcome> {
  const result = await editRelease({ ctx, input });
  if (!result.ok) return refusedOutcome(result.refusal, field);
  return { kind: 'answer', title: 'Changed', card: editedCard(result.value, warnings) };
}

function editedCard(edited: EditedRelease, warningsOfText: readonly string[]): Card {
  const { releaseKey, changed, consequences } = edited;
  const warnings = [...warningsOfText, ...edited.warnings];
  const summary = `The plan of ${releaseKey} was changed: ${listWords(changed)}.`;
  const rest = consequences.length > 0 ? consequences : ['Votes and decisions stay as they are.'];
  return { summary, blocks: [summary, ...rest, ...warnings].map((one) => paragraph(one)) };
}
