import { bold, paragraph, text } from '../../../core/card/card.ts';
import type { Form, FormElement } from '../../../core/card/form.ts';
import type { Line } from '../../../core/card/line.ts';
import type { Draft, PlanStep } from './plan-step.ts';
import { planSteps } from './plan-steps.ts';
import { keyOf } from './read-draft.ts';

/** One step of planning a release as a form. `notices` are said above its fields. */
export async function stepForm(draft: Draft, step: PlanStep, notices: readonly Line[] = []): Promise<Form> {
  const index = planSteps.findIndex(({ name }) => name === step.name);
  const isLast = index === planSteps.length - 1;
  return {
    name: 'new-release',
    title: 'Plan a release',
    submit: isLast ? 'Create release' : 'Continue',
    cancel: 'Cancel',
    ...(index > 0 ? { back: 'Back' } : {}),
    metadata: { draftId: draft.id, step: step.name },
    body: [
      { type: 'header', text: `Step ${index + 1} of ${planSteps.length}: ${step.title}` },
      ...(index > 0 ? [whatIsPlanned(draft)] : []),
      ...notices.map((notice) => paragraph(notice)),
      ...(await step.body(draft)),
    ],
  };
}

function whatIsPlanned({ values }: Draft): FormElement {
  const { product, version, type } = values;
  return paragraph(bold(`${product} ${version}`), text(` · ${type} · ${keyOf(values)}`));
}
