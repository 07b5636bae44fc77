import { channelsStep } from './channels-step.ts';
import { peopleStep } from './people-step.ts';
import type { PlanStep } from './plan-step.ts';
import { whatStep } from './what-step.ts';
import { whenStep } from './when-step.ts';

/** The forms that plan a release, in the order in which they are shown. */
export const planSteps = [
  whatStep,
  whenStep,
  peopleStep,
  channelsStep,
] as const satisfies readonly PlanStep[];
