import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';
import { durationMs } from '../calendar/duration.ts';
import { LONGEST_WINDOW_MS } from '../calendar/duration-patterns.ts';
import { metricRegistry } from '../metrics/metric-registry.ts';
import { durationSchema } from './duration-schema.ts';
import type { RiskTolerance, Strategy } from './planning-arguments.ts';
import { defaultRules, rollsBackItself } from './rollback-rules.ts';
import { DEFAULT_MIN_REQUESTS } from './rollout-defaults.ts';
import { addProblem } from './schedule-time.ts';

/** Over how long a sample of a rule is measured: short, since the rule itself says for how long it has to hold. */
const DEFAULT_SAMPLE = 'PT1M';
const LONGEST_RULE_MS = 3_600_000;

const ruleSchema = z
  .strictObject({
    metric: z.enum(metricRegistry.names).describe(listWords(metricRegistry.names, 'or')),
    above: z.number().min(0).optional().describe('a figure in the unit of the metric'),
    timesOld: z
      .number()
      .min(1)
      .max(1_000)
      .optional()
      .describe('how many times what the old version has, 1 or more'),
    for: durationSchema
      .refine((span) => durationMs(span) <= LONGEST_RULE_MS, { error: 'is longer than an hour' })
      .describe('how long it has to hold without a break, such as PT5M and at most PT1H; PT0S for at once'),
    window: durationSchema
      .refine((window) => durationMs(window) >= 1000, { error: 'is shorter than a second' })
      .refine((window) => durationMs(window) <= LONGEST_WINDOW_MS, { error: 'is longer than 15 minutes' })
      .default(DEFAULT_SAMPLE)
      .describe('how far back each sample is measured, such as PT1M and at most PT15M'),
    minRequests: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .default(DEFAULT_MIN_REQUESTS)
      .describe('the least number of requests in the window, 1 or more'),
    firstPhaseOnly: z.boolean().optional().describe('true for the first phase alone'),
  })
  .superRefine(({ above, timesOld }, context) => {
    if ((above === undefined) !== (timesOld === undefined)) return;
    const message = above === undefined ? 'has no limit' : 'has two limits';
    addProblem(context, [], message, 'either above or timesOld');
  })
  .describe('a rule: a metric, its limit, and for how long');
export type RollbackRule = z.infer<typeof ruleSchema>;

export const rollbackSchema = z
  .strictObject({
    automatic: z
      .boolean()
      .optional()
      .describe('true: a rule that is met rolls back by itself; false: people are asked'),
    rules: z.array(ruleSchema).max(20).optional().describe('a list of rules; none for [ ]'),
  })
  .optional()
  .describe('when to roll back: automatic, rules');

/** When a rollout is rolled back, whoever has chosen it. */
export type Rollback = {
  automatic: boolean;
  rules: RollbackRule[];
};

/** Fills in what a plan leaves open, by its risk tolerance and strategy. */
export function compileRollback(
  given: z.infer<typeof rollbackSchema>,
  { riskTolerance, strategy }: { riskTolerance: RiskTolerance; strategy: Strategy },
): Rollback {
  return {
    automatic: given?.automatic ?? rollsBackItself(riskTolerance),
    rules: given?.rules ?? defaultRules({ riskTolerance, strategy }).map((rule) => ruleSchema.parse(rule)),
  };
}
