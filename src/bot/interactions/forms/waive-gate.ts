import * as z from 'zod';
import { addDays } from '../../../core/calendar/add-days.ts';
import { localDate as localDay } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { StandingGate } from '../../../services/readiness/load-gates.ts';
import { waivedSentence, waiveGate } from '../../../services/readiness/waive-gate.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { gateInput } from '../open-gate-form.ts';
import { reasonInput } from '../reason-input.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';
import { releaseMetadata } from '../values.ts';

/** Asks which gate is waived, why and until when; the day after go-live is proposed. `now`: epoch ms. */
export function waiveGateForm(
  { key, plan, goLiveAt }: Release,
  gates: readonly StandingGate[],
  now: number,
): Form {
  const { zone } = plan.goLive;
  const last = localDay(Math.max(now, goLiveAt), zone);
  return {
    name: 'waive-gate',
    title: 'Waive a gate',
    submit: 'Waive it',
    cancel: 'Cancel',
    metadata: { releaseKey: key, zone },
    body: [
      paragraph(`${key} may go on although this gate does not pass. Everybody sees that, with your name.`),
      gateInput(gates.filter(({ state }) => state !== 'pass')),
      reasonInput('Why may it go on?'),
      ...untilInputs(zone, { date: addDays(last, 1), time: plan.goLive.time }),
    ],
  };
}

export const form = defineForm({
  name: 'waive-gate',
  metadata: releaseMetadata.extend({ zone: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, zone } }) => {
    const until = readUntil(values, zone) ?? 0;
    const input = { releaseKey, gate: values.gate ?? '', reason: values.reason ?? '', until };
    const result = await waiveGate({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    return { kind: 'answer', title: 'Waived', card: sentenceCard(waivedSentence(result.value)) };
  },
});
