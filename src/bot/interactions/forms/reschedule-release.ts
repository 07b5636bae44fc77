import * as z from 'zod';
import { type Card, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeMove } from '../../../core/messages/moved-message.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { countWords } from '../../../lib/count-words.ts';
import {
  type RescheduledRelease,
  rescheduleRelease,
} from '../../../services/lifecycle/reschedule-release.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { refusedOutcome, withCollisions } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** Asks for the new go-live. */
export function rescheduleReleaseForm(release: { releaseKey: string; plan: Plan; goLiveAt: number }): Form {
  const { releaseKey, plan, goLiveAt } = release;
  const { date, time, zone } = plan.goLive;
  return {
    name: 'reschedule-release',
    title: 'Move go-live',
    submit: 'Move it',
    cancel: 'Cancel',
    metadata: { releaseKey, from: String(goLiveAt) },
    body: [
      paragraph(line`Go-live of ${releaseKey} is ${localDate(goLiveAt, zone)}.`),
      paragraph(
        'Messages that are still to come move with it. Everyone who was told the old date is told the new one. If the day changes, the go decision has to be made again.',
      ),
      { type: 'input', kind: 'date', name: 'date', label: 'New date', initial: date },
      { type: 'input', kind: 'time', name: 'time', label: `Time (${zone})`, zone, initial: time },
      reasonInput('Why is it moved? Everyone who was told sees this.'),
    ],
  };
}

export const form = defineForm({
  name: 'reschedule-release',
  metadata: releaseMetadata.extend({ from: z.coerce.number() }),
  run: async ({ ctx, values, metadata }) => {
    const { date, time, reason } = values;
    const input = { ...metadata, date: date ?? '', time: time ?? '', reason: reason ?? '' };
    const result = await rescheduleRelease({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const moved = movedCard(result.value);
    const found = await findRelease(ctx, result.value.releaseKey);
    const card = found.ok ? await withCollisions(ctx, found.value.plan, moved) : moved;
    return { kind: 'answer', title: 'Moved', card };
  },
});

function movedCard(moved: RescheduledRelease): Card {
  const { releaseKey, goLiveAt, zone, audiences } = moved;
  const summary: Line = line`${releaseKey} now goes live ${localDate(goLiveAt, zone)}.`;
  const others =
    audiences === 0 ? '' : ` and in ${countWords(audiences, 'other channel')} that had the old date`;
  const told = `I'll announce it in the release's channel${others}.`;
  const sentences = [summary, told, ...describeMove(releaseKey, moved)];
  return { summary, blocks: sentences.map((one) => paragraph(one)) };
}
