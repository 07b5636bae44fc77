import type { FormValues } from '../../../core/card/form.ts';
import { checkDraft, type StepProblem } from './check-draft.ts';
import { draftOf } from './load-draft.ts';
import type { Draft } from './plan-step.ts';
import { planSteps } from './plan-steps.ts';

/**
 * A draft with what was typed, and in every other field what would be proposed there; with what is still missing or
 * wrong, the first step first.
 * @throws PlatformUnavailableError when it can't be asked who is proposed.
 */
export async function fillDraft(
  draft: Draft,
  typed: FormValues,
): Promise<{ draft: Draft; problems: StepProblem[] }> {
  let filled = draft;
  for (const step of planSteps) {
    const body = await step.body(filled);
    const proposed = body.flatMap((element): [string, string | null][] =>
      element.type === 'input' ? [[element.name, element.initial ?? null]] : [],
    );
    filled = await draftOf(draft.ctx, {
      id: draft.id,
      values: { ...Object.fromEntries(proposed), ...filled.values, ...typed },
    });
  }
  const { problems } = await checkDraft(filled, planSteps.length - 1);
  return { draft: filled, problems: problems.toReversed() };
}
