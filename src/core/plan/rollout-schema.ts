import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';
import { adapterName } from '../address/adapter-name.ts';
import { durationMs } from '../calendar/duration.ts';
import { LONGEST_WINDOW_MS } from '../calendar/duration-patterns.ts';
import { metricRegistry } from '../metrics/metric-registry.ts';
import { durationSchema } from './duration-schema.ts';
import {
  DEFAULT_DRIVER,
  DEFAULT_METRICS,
  DEFAULT_MIN_REQUESTS,
  DEFAULT_PHASES,
  DEFAULT_WINDOW,
  type DefaultPhase,
} from './rollout-defaults.ts';
import { addProblem } from './schedule-time.ts';

const METRIC_EXPECTED = listWords(metricRegistry.names, 'or');

const commonCriterionFields = {
  window: durationSchema
    .refine((window) => durationMs(window) >= 1000, { error: 'is shorter than a second' })
    .refine((window) => durationMs(window) <= LONGEST_WINDOW_MS, { error: 'is longer than 15 minutes' })
    .default(DEFAULT_WINDOW)
    .describe('how far back the metric is read, such as PT5M and at most PT15M, on the wall clock'),
  minRequests: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(DEFAULT_MIN_REQUESTS)
    .describe('the least number of requests in the window, 1 or more'),
};

const criterionSchemas = metricRegistry.entries.map((metric) =>
  z.strictObject({
    metric: z.literal(metric.name).describe(METRIC_EXPECTED),
    below: z.number().gt(0).max(metric.maxThreshold).describe(metric.thresholdHint),
    unit: z.literal(metric.unit).default(metric.unit).describe(metric.unit),
    ...commonCriterionFields,
  }),
);

/** A metric that has to be below a figure before the rollout goes on from its phase. */
export const criterionSchema = z
  .discriminatedUnion('metric', nonEmpty(criterionSchemas))
  .describe(`a metric, ${METRIC_EXPECTED}, and the figure it has to be below`);

export const phaseSchema = z
  .strictObject({
    trafficPercent: z.number().gt(0).max(100).describe('percent of traffic, above 0 and up to 100'),
    soak: durationSchema
      .describe('how long the phase has to hold, such as PT24H; PT0S for no wait')
      .default('PT0S'),
    criteria: z.array(criterionSchema).max(20).default([]).describe('a list of criteria'),
  })
  .describe('a phase: its traffic, soak and criteria');

/** A default phase in the words of a plan. */
function toPhaseInput(phase: DefaultPhase): z.input<typeof phaseSchema> {
  const { trafficPercent, soak, criteria } = phase;
  return { trafficPercent, soak, criteria: [...criteria] };
}

function nonEmpty<Item>([first, ...others]: readonly Item[]): [Item, ...Item[]] {
  if (first === undefined) throw new Error('There are no metrics.');
  return [first, ...others];
}

const phasesSchema = z
  .array(phaseSchema)
  .min(1)
  .max(20)
  .superRefine((phases, context) => {
    phases.forEach((phase, index) => {
      const before = phases[index - 1];
      if (before === undefined || phase.trafficPercent > before.trafficPercent) return;
      const message = `is ${phase.trafficPercent}, which is not above the ${before.trafficPercent} of the phase before`;
      addProblem(context, [index, 'trafficPercent'], message, 'traffic that rises from phase to phase');
    });
    const last = phases.at(-1);
    if (last === undefined || last.trafficPercent === 100) return;
    const message = `is ${last.trafficPercent} in the last phase`;
    addProblem(
      context,
      [phases.length - 1, 'trafficPercent'],
      message,
      '100, so that the rollout ends with all traffic',
    );
  })
  .prefault(DEFAULT_PHASES.map(toPhaseInput))
  .describe('a list of phases whose traffic rises and ends at 100');

const adapterNameSchema = z.string().regex(adapterName);

export const rolloutSchema = z
  .strictObject({
    strategy: z.enum(['canary']).default('canary').describe('canary'),
    driver: adapterNameSchema
      .default(DEFAULT_DRIVER)
      .describe('the name of a deployment driver, such as demo'),
    metrics: adapterNameSchema
      .default(DEFAULT_METRICS)
      .describe('the name of a metrics source, such as demo'),
    phases: phasesSchema,
  })
  .prefault({})
  .describe('how the rollout is carried out: strategy, driver, metrics, phases');
