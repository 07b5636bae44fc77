import * as z from 'zod';
import { durationMs } from '../calendar/duration.ts';
import { metricRegistry } from '../metrics/metric-registry.ts';
import { durationSchema } from './duration-schema.ts';
import { DEFAULT_MIN_REQUESTS, DEFAULT_WINDOW } from './rollout-defaults.ts';
import { addProblem } from './schedule-time.ts';

const least = { window: 1_000, every: 60_000 };
const [firstMetric, ...otherMetrics] = metricRegistry.names;

/** From where tminus itself takes the results of a gate: a metric that sources know, or a query in their language. */
export const gateMeasureSchema = z
  .strictObject({
    source: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .describe("the name of a metrics source in tminus.yaml; left out: the rollout's"),
    metric: z
      .enum([firstMetric ?? 'error-rate', ...otherMetrics])
      .optional()
      .describe(`a metric: ${metricRegistry.names.join(', ')}`),
    query: z
      .string()
      .min(1)
      .max(5_000)
      .optional()
      .describe('PromQL that gives one number in the unit of the gate, with $version, $window and $matchers'),
    window: durationSchema
      .refine((window) => durationMs(window) >= least.window, { error: 'is shorter than a second' })
      .default(DEFAULT_WINDOW)
      .describe('how far back it is measured, such as PT5M, on the wall clock'),
    minRequests: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .default(DEFAULT_MIN_REQUESTS)
      .describe('of a metric: the least number of requests in the window'),
    every: durationSchema
      .refine((every) => durationMs(every) >= least.every, { error: 'is shorter than a minute' })
      .default('PT1H')
      .describe('how often it is measured, such as PT1H, at least PT1M'),
  })
  .superRefine(({ metric, query }, context) => {
    if ((metric === undefined) === (query === undefined))
      addProblem(context, [], 'has to have a metric or a query', 'one of the two, and not both');
  })
  .describe('how it is measured: source, metric or query, window, minRequests, every');
export type GateMeasureOptions = z.output<typeof gateMeasureSchema>;
