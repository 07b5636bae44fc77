import * as z from 'zod';
import { addDays } from '../../../core/calendar/add-days.ts';
import { localDate as localDay } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { requestFreeze } from '../../../services/freeze/request-freeze.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { requestedSentence } from '../freeze-answers.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';

/** Asks why everything has to be held now, and until when. `now`: epoch ms. */
export function freezeNowForm({ zone, now, reason }: { zone: string; now: number; reason: string }): Form {
  return {
    name: 'freeze-now',
    title: 'Freeze everything',
    submit: 'Ask for it',
    danger: true,
    cancel: 'Cancel',
    metadata: { zone },
    body: [
      paragraph(
        'Once a second person agrees, nothing is promoted, and releases that are being rolled out or are due to go live in that time are paused. Traffic stays as it is, a promotion that has begun runs to its end, and rolling back is still possible.',
      ),
      reasonInput('What has happened? Everyone concerned sees this.', reason),
      ...untilInputs(zone, { date: addDays(localDay(now, zone), 1), time: '09:00' }),
    ],
  };
}

export const form = defineForm({
  name: 'freeze-now',
  metadata: z.object({ zone: z.string() }),
  run: async ({ ctx, values, metadata: { zone } }) => {
    const until = readUntil(values, zone) ?? 0;
    const result = await requestFreeze({ ctx, input: { reason: values.reason ?? '', until } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    return { kind: 'answer', title: 'Asked', card: sentenceCard(requestedSentence(result.value)) };
  },
});
