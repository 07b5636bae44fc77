import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { deriveGates } from '../../../core/readiness/gates/derive-gates.ts';
import { readValue, valueHint } from '../../../core/readiness/gates/gate-words.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { StandingGate } from '../../../services/readiness/load-gates.ts';
import { recordResults } from '../../../services/readiness/record-results.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { gateInput } from '../open-gate-form.ts';
import { releaseMetadata } from '../values.ts';

/** Asks what a gate was found to be, with the evidence. */
export function reportGateForm({ key }: Release, gates: readonly StandingGate[]): Form {
  return {
    name: 'report-gate',
    title: 'Result of a gate',
    submit: 'Save',
    cancel: 'Cancel',
    metadata: { releaseKey: key },
    body: [
      paragraph(`What a gate of ${key} was found to be, now. Your name stays with it.`),
      gateInput(gates),
      {
        type: 'input',
        kind: 'text',
        name: 'value',
        label: 'Result',
        hint: 'A number such as 91.3, a grade such as A, or passed or failed.',
        maxLength: 40,
      },
      {
        type: 'input',
        kind: 'text',
        name: 'evidence',
        label: 'Link to the evidence',
        placeholder: 'https://ci.example.com/runs/42',
        maxLength: 2000,
      },
    ],
  };
}

export const form = defineForm({
  name: 'report-gate',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const found = await findRelease(ctx, releaseKey);
    const key = values.gate ?? '';
    const gate = found.ok ? deriveGates(found.value.plan).find((each) => each.key === key) : undefined;
    const value = gate && readValue(gate, values.value ?? '');
    if (gate && (value === null || value === undefined))
      return { kind: 'errors', errors: { value: `“${gate.title}” takes ${valueHint(gate)}.` } };
    const result = await recordResults({
      ctx,
      input: {
        releaseKey,
        source: null,
        version: null,
        measuredAt: null,
        evidence: values.evidence?.trim() || null,
        // A gate that the plan has no more is refused by whoever keeps results.
        results: [{ gate: key, value: value ?? false }],
      },
    });
    if (!result.ok) return refusedOutcome(result.refusal, 'evidence');
    const said = `The result of “${gate?.title ?? key}” of ${releaseKey} is kept.`;
    return { kind: 'answer', title: 'Kept', card: sentenceCard(said) };
  },
});
