import type { Plan } from '../../../core/plan/plan.ts';
import type { Draft, PlanProblem, PlanStep } from './plan-step.ts';
import { planSteps } from './plan-steps.ts';
import { readDraft } from './read-draft.ts';

/** What has to be changed before the release can be planned, and in which step. */
export type StepProblem = PlanProblem & { step: PlanStep };

/**
 * What is wrong in the steps up to the one at `index`: its own problems first, then those of steps before, which were
 * right once. `plan` is there when nothing is wrong in any step.
 * @throws PlatformUnavailableError when it can't be asked who was picked.
 */
export async function checkDraft(
  draft: Draft,
  index: number,
): Promise<{ problems: StepProblem[]; plan?: Plan }> {
  const read = await readDraft(draft);
  const ofPlan: readonly PlanProblem[] = read.ok ? [] : read.problems;
  const shown: readonly PlanStep[] = planSteps.slice(0, index + 1);
  const problems = await Promise.all(
    shown.toReversed().map(async (step) => {
      const own = ofPlan.filter(({ field }) => step.fields.includes(field));
      const more = own.length === 0 ? ((await step.check?.(draft)) ?? []) : [];
      return [...own, ...more].map((problem) => ({ ...problem, step }));
    }),
  );
  return { problems: problems.flat(), ...(read.ok ? { plan: read.plan } : {}) };
}
