import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, SelectInput } from '../../../core/card/form.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { planDigest } from '../../../core/plan/plan-digest.ts';
import { riskSchema } from '../../../core/plan/risk-schema.ts';
import { type AssessedFactor, assessRisk, valuesOf } from '../../../core/risk/assess-risk.ts';
import { RISK_FACTORS } from '../../../core/risk/risk-factors.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { refusalCard } from '../../cards/answers/refusal-card.ts';
import { editOutcome } from '../edit-outcome.ts';
import { notDoneOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { releaseMetadata } from '../values.ts';

/** Leaves a factor to what the rest of the plan says of it. */
const DERIVED = 'derived';

/** Asks for the six factors of a release's risk. */
export function setRiskForm({ key, plan }: Release): Form {
  return {
    name: 'set-risk',
    title: 'Risk of a release',
    submit: 'Save',
    cancel: 'Cancel',
    metadata: { releaseKey: key, basedOn: planDigest(plan) },
    body: [
      paragraph(
        `What adds to the risk of ${key}? The level and what to do about it are shown to those who vote. Votes and decisions stay as they are.`,
      ),
      ...assessRisk(plan).factors.map((factor) => factorInput(factor, plan)),
    ],
  };
}

function factorInput({ factor, title, value, isGiven }: AssessedFactor, plan: Plan): SelectInput {
  const { risk: _given, ...rest } = plan;
  const derived = assessRisk(rest).factors.find((each) => each.factor === factor)?.value ?? value;
  return {
    type: 'input',
    kind: 'select',
    name: factor,
    label: title,
    options: [
      { value: DERIVED, label: `As the plan says (${derived})` },
      ...valuesOf(factor).map((each) => ({ value: each.value, label: `${each.value}: ${each.meaning}` })),
    ],
    initial: isGiven ? value : DERIVED,
  };
}

export const form = defineForm({
  name: 'set-risk',
  metadata: releaseMetadata.extend({ basedOn: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, basedOn } }) => {
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return notDoneOutcome(refusalCard(found.refusal));
    const risk = riskSchema.safeParse(chosen(values));
    if (!risk.success)
      return { kind: 'errors', errors: { codeComplexity: 'Choose a value for each factor.' } };
    const { risk: _before, ...rest } = found.value.plan;
    const plan = risk.data && Object.keys(risk.data).length > 0 ? { ...rest, risk: risk.data } : rest;
    return editOutcome(ctx, { plan, field: 'codeComplexity', basedOn });
  },
});

function chosen(values: FormValues): Record<string, string> {
  const set = RISK_FACTORS.flatMap((factor): [string, string][] => {
    const value = values[factor];
    return !value || value === DERIVED ? [] : [[factor, value]];
  });
  return Object.fromEntries(set);
}
