import { type Card, paragraph } from '../../core/card/card.ts';
import type { FormOutcome } from '../../core/card/form.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { type EditedRelease, editRelease } from '../../services/lifecycle/edit-release.ts';
import type { DifferingNames } from '../../services/release/check-names.ts';
import { refusedOutcome } from './form-outcomes.ts';

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
