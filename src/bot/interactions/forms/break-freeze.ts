import * as z from 'zod';
import { addDays } from '../../../core/calendar/add-days.ts';
import { localDate as localDay } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { breakFreeze } from '../../../services/freeze/break-freeze.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { brokenSentence } from '../freeze-answers.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';
import { releaseMetadata } from '../values.ts';

/** Asks why a release can't wait, and until when freezes don't hold for it. `now`: epoch ms. */
export function breakFreezeForm(
  { key, plan, goLiveAt }: Release,
  { now, reason }: { now: number; reason: string },
): Form {
  const { zone } = plan.goLive;
  return {
    name: 'break-freeze',
    title: 'Break a freeze',
    submit: 'Let it through',
    cancel: 'Cancel',
    metadata: { releaseKey: key, zone },
    body: [
      paragraph(
        line`Until the time below, no freeze applies to ${key}: it may go live and be promoted. Its channel is told.`,
      ),
      reasonInput("Why can't it wait?", reason),
      ...untilInputs(zone, {
        date: addDays(localDay(Math.max(now, goLiveAt), zone), 1),
        time: plan.goLive.time,
      }),
    ],
  };
}

export const form = defineForm({
  name: 'break-freeze',
  metadata: releaseMetadata.extend({ zone: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, zone } }) => {
    const until = readUntil(values, zone) ?? 0;
    const result = await breakFreeze({ ctx, input: { releaseKey, reason: values.reason ?? '', until } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    return { kind: 'answer', title: 'Done', card: sentenceCard(brokenSentence(result.value)) };
  },
});
