import { type Card, command, paragraph } from '../../core/card/card.ts';
import type { Form } from '../../core/card/form.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { listWords } from '../../lib/list-words.ts';
import { lookForCollisions } from '../../services/collisions/look-for-collisions.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import type { MoveForecast } from '../../services/lifecycle/forecast-move.ts';
import { collisionBlocks } from '../cards/answers/collision-blocks.ts';
import { foreseenMoveBlocks } from '../cards/answers/foreseen-move-blocks.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';
import { reasonInput } from './reason-input.ts';

/** Asks for the new go-live. `chosen`: what was chosen before, local to the release's zone. */
export function rescheduleReleaseForm(
  release: { releaseKey: string; plan: Plan; goLiveAt: number },
  {
    chosen = release.plan.goLive,
    notices = [],
  }: { chosen?: { date: string; time: string }; notices?: readonly Line[] } = {},
): Form {
  const { releaseKey, plan, goLiveAt } = release;
  const { zone } = plan.goLive;
  return {
    name: 'reschedule-release',
    title: 'Move go-live',
    submit: 'Continue',
    cancel: 'Cancel',
    metadata: { releaseKey, from: String(goLiveAt) },
    body: [
      ...notices.map((notice) => paragraph(notice)),
      paragraph(line`Go-live of ${releaseKey} is ${localDate(goLiveAt, zone)}.`),
      paragraph('Before anything changes, I show you what moves, and who will be told.'),
      { type: 'input', kind: 'date', name: 'date', label: 'New date', initial: chosen.date },
      { type: 'input', kind: 'time', name: 'time', label: `Time (${zone})`, zone, initial: chosen.time },
    ],
  };
}

/** What the move does, before anything changes. What is confirmed is what was shown: `seen` comes back. */
export async function confirmRescheduleForm(
  ctx: Ctx,
  forecast: MoveForecast,
  { reason = '', notices = [] }: { reason?: string; notices?: readonly Line[] } = {},
): Promise<Form> {
  const { releaseKey, plan, foreseen, edit } = forecast;
  const { date, time } = plan.goLive;
  return {
    name: 'confirm-reschedule',
    title: 'Move go-live',
    submit: 'Move it',
    cancel: 'Not now',
    // What was imported has no form to go back to.
    ...(edit ? {} : { back: 'Back' }),
    metadata: {
      releaseKey,
      date,
      time,
      from: String(foreseen.before),
      seen: foreseen.seen,
      ...(edit ? { planId: edit.planId } : {}),
    },
    body: [
      ...notices.map((notice) => paragraph(notice)),
      paragraph(line`Nothing has changed yet. This is what moving ${releaseKey} does:`),
      ...foreseenMoveBlocks(forecast),
      ...(edit ? [paragraph(`The plan also changes ${listWords(edit.changed)}.`)] : []),
      ...collisionBlocks(plan, await lookForCollisions(ctx, plan)),
      reasonInput('Why is it moved? Everyone who was told sees this, except customers.', reason),
    ],
  };
}

/** What is said where the next form can't be shown any more. */
export function nothingMoved(releaseKey: string): Card {
  return sentenceCard(
    line`Nothing was moved. Start again with ${command('release', `reschedule ${releaseKey}`)}.`,
  );
}
