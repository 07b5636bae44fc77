import { Temporal } from 'temporal-polyfill';
import { suitableGoLiveDate } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { FormElement, TextInput } from '../../../core/card/form.ts';
import { DEFAULT_PRODUCTION } from '../../../core/plan/environments.ts';
import { goLiveSchema } from '../../../core/plan/go-live-schema.ts';
import { RELEASE_TYPES } from '../../../core/plan/planning-arguments.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { frozenSlot } from '../../../services/kernel/refuse-frozen.ts';
import { lockedProduct } from '../../../services/kernel/refuse-locked.ts';
import { type Draft, initialOf, type PlanProblem, type PlanStep } from './plan-step.ts';

/** How many days ahead go-live is proposed at least: enough for the whole schedule. */
const proposedDaysAhead = 15;

const proposedTime = '10:00';

export const whenStep: PlanStep = {
  name: 'when',
  title: "When, and what's in it",
  fields: ['date', 'time', 'zone', 'features', 'fixes'],
  body: (draft): FormElement[] => {
    const { ctx, last, product } = draft;
    const zone = product?.zone ?? last?.plan.goLive.zone ?? ctx.defaultZone;
    return [
      paragraph(
        'The first message goes out two weeks before go-live. If go-live is sooner than that, messages whose time has passed are left out.',
      ),
      {
        type: 'input',
        name: 'date',
        label: 'Go-live date',
        kind: 'date',
        hint: 'A working day from Monday to Thursday leaves time to watch it.',
        ...initialOf(draft, 'date', proposedDate(ctx, zone)),
      },
      {
        type: 'input',
        name: 'time',
        label: 'Go-live time',
        kind: 'time',
        ...initialOf(draft, 'time', product?.time ?? last?.plan.goLive.time ?? proposedTime),
      },
      {
        type: 'input',
        name: 'zone',
        label: 'Time zone',
        kind: 'text',
        maxLength: 200,
        hint: 'Such as Europe/Amsterdam. All times in the schedule are in this zone.',
        ...initialOf(draft, 'zone', zone),
      },
      entries(draft, 'features', 'Features'),
      entries(draft, 'fixes', 'Fixes'),
    ];
  },
  check: checkFreezes,
};

/** That go-live is in a freeze, or the product locked, is said here, and not after all the other steps. People come later, so only T-0 is read. */
async function checkFreezes({ ctx, values }: Draft): Promise<PlanProblem[]> {
  const { product = '', type = '', date = '', time = '', zone = '' } = values;
  const goLive = goLiveSchema.safeParse({ date, time, zone });
  const found = RELEASE_TYPES.find((each) => each === type);
  if (!goLive.success || !found) return [];
  const frozen = { product: product ?? '', type: found, production: DEFAULT_PRODUCTION, goLive: goLive.data };
  const message = (await frozenSlot(ctx.db, ctx, frozen)) ?? (await lockedProduct(ctx.db, frozen));
  return message ? [{ field: 'date', message }] : [];
}

/** What is in the release, one on each line. */
function entries(draft: Draft, name: 'features' | 'fixes', label: string): TextInput {
  return {
    type: 'input',
    name,
    label,
    kind: 'text',
    multiline: true,
    maxLength: 3000,
    optional: true,
    hint: 'One per line.',
    ...initialOf(draft, name, undefined),
  };
}

function proposedDate({ clock }: Ctx, zone: string): string {
  const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate();
  return suitableGoLiveDate(today.add({ days: proposedDaysAhead }).toString());
}
