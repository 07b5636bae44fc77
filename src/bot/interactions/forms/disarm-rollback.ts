import * as z from 'zod';
import { localTimeOfDay } from '../../../core/calendar/local-time.ts';
import { localDate as localDay } from '../../../core/calendar/working-days.ts';
import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { type ArmedRelease, disarmRollback } from '../../../services/rollout/disarm-rollback.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';
import { releaseMetadata } from '../values.ts';

const proposedMs = 30 * 60_000;

/** Asks why a release is not to be rolled back by itself, and until when. `now`: epoch ms. */
export function disarmRollbackForm({ releaseKey, zone, rules }: ArmedRelease, now: number): Form {
  const until = now + proposedMs;
  return {
    name: 'disarm-rollback',
    title: 'Automatic rollback off',
    submit: 'Switch it off',
    danger: true,
    cancel: 'Cancel',
    metadata: { releaseKey, zone },
    body: [
      paragraph(
        `Until then ${releaseKey} keeps its traffic when one of these rules is met, and people are asked: ${rules.join('; ')}.`,
      ),
      reasonInput('What are you about to do? Everyone sees this.'),
      ...untilInputs(zone, { date: localDay(until, zone), time: localTimeOfDay(until, zone) }),
    ],
  };
}

export const form = defineForm({
  name: 'disarm-rollback',
  metadata: releaseMetadata.extend({ zone: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, zone } }) => {
    const until = readUntil(values, zone) ?? 0;
    const result = await disarmRollback({ ctx, input: { releaseKey, reason: values.reason ?? '', until } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key, until: at } = result.value;
    const card = sentenceCard(
      line`The automatic rollback of ${key} is off until ${localDate(at, zone)}. Switch it on with ${command('release', `arm ${key}`)}.`,
    );
    return { kind: 'answer', title: 'Switched off', card };
  },
});
