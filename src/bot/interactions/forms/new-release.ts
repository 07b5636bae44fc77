import * as z from 'zod';
import { command } from '../../../core/card/card.ts';
import type { FormOutcome, FormValues } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { askPlatform } from '../../../services/kernel/ask-platform.ts';
import { done } from '../../../services/kernel/result.ts';
import { createRelease } from '../../../services/release/create-release.ts';
import { keepDraft } from '../../../services/release/keep-draft.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { plannedOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { checkDraft } from '../plan-steps/check-draft.ts';
import { loadDraft } from '../plan-steps/load-draft.ts';
import type { Draft, PlanStep } from '../plan-steps/plan-step.ts';
import { planSteps } from '../plan-steps/plan-steps.ts';
import { stepForm } from '../plan-steps/step-form.ts';

/** Each step is kept, then checked, and gives way to the next one; the last one plans the release. */
export const form = defineForm({
  name: 'new-release',
  metadata: z.object({ draftId: z.uuid(), step: z.enum(planSteps.map(({ name }) => name)) }),
  run: async ({ ctx, values, metadata: { draftId: id, step: name }, back }) => {
    const index = planSteps.findIndex((one) => one.name === name);
    const [step, before, next] = [planSteps[index], planSteps[index - 1], planSteps[index + 1]];
    if (!step) throw new Error(`there is no step ${name}`);
    const submitted = fieldsOf(step, values);
    const kept = await keepDraft({ ctx, input: { draftId: id, begins: index === 0, values: submitted } });
    if (!kept.ok) return refusedOutcome(kept.refusal, step.fields[0]);
    const draft = await loadDraft(ctx, { id, submitted });
    if (back && before) return showStep(draft, before);
    const checked = await askPlatform(ctx, async () => done(await checkDraft(draft, index)));
    if (!checked.ok) return refusedOutcome(checked.refusal, step.fields[0]);
    const { problems, plan } = checked.value;
    const [first] = problems;
    if (first?.step === step) {
      const own = problems.filter((problem) => problem.step === step);
      return {
        kind: 'errors',
        errors: Object.fromEntries(own.map(({ field, message }) => [field, message])),
      };
    }
    // It was right when it was submitted, and is no more.
    if (first) return showStep(draft, first.step, [first.message]);
    if (next) return showStep(draft, next);
    if (!plan) throw new Error('a draft without a problem made no plan');
    const created = await createRelease({ ctx, input: { plan, draftId: id } });
    if (created.ok) return plannedOutcome(ctx, plan, created.value);
    const { code, message } = created.refusal;
    return code === 'already-exists'
      ? showStep(draft, planSteps[0], [message])
      : refusedOutcome(created.refusal, step.fields[0]);
  },
});

function fieldsOf({ fields }: PlanStep, values: FormValues): FormValues {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
}

async function showStep(draft: Draft, step: PlanStep, notices: readonly Line[] = []): Promise<FormOutcome> {
  return { kind: 'next', form: await stepForm(draft, step, notices), late };
}

const late = sentenceCard(
  line`What you filled in is kept for a day. Go on with ${command('release', 'new')}.`,
);
