import * as z from 'zod';
import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { pausePhrase } from '../../../core/messages/pause-message.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { pauseRelease } from '../../../services/lifecycle/pause-release.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { readUntil } from '../until-inputs.ts';
import { releaseMetadata } from '../values.ts';

/** Asks why a release is paused, and until when. */
export function pauseReleaseForm({ key, plan }: Release): Form {
  const { zone } = plan.goLive;
  return {
    name: 'pause-release',
    title: 'Pause a release',
    submit: 'Pause it',
    cancel: 'Cancel',
    metadata: { releaseKey: key, zone },
    body: [
      paragraph(
        `Until you resume ${key}, no scheduled messages are sent, no poll opens or closes, and nothing is promoted. You can still roll back. Go-live stays as planned.`,
      ),
      reasonInput('What is it waiting for?'),
      {
        type: 'input',
        kind: 'date',
        name: 'until',
        label: 'Resume automatically on',
        hint: 'Leave this empty to resume it yourself.',
        optional: true,
      },
      { type: 'input', kind: 'time', name: 'time', label: `At (${zone})`, zone, optional: true },
    ],
  };
}

export const form = defineForm({
  name: 'pause-release',
  metadata: releaseMetadata.extend({ zone: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, zone } }) => {
    if (values.time && !values.until) {
      return { kind: 'errors', errors: { until: 'Choose a date as well, or leave the time empty.' } };
    }
    const input = { releaseKey, reason: values.reason ?? '', until: readUntil(values, zone) };
    const result = await pauseRelease({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key, pause } = result.value;
    const card = sentenceCard(
      line`${key} is ${pausePhrase(pause, zone)}. Resume it with ${command('release', `resume ${key}`)}.`,
    );
    return { kind: 'answer', title: 'Paused', card };
  },
});
