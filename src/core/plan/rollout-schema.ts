import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';
import { visibleCharacter } from '../../lib/visible-text.ts';
import { adapterName } from '../address/adapter-name.ts';
import { durationMs } from '../calendar/duration.ts';
import { LONGEST_WINDOW_MS } from '../calendar/duration-patterns.ts';
import { metricRegistry } from '../metrics/metric-registry.ts';
import { type ChosenPhase, defaultPreset, presetPhases, presetsOf } from './choose-preset.ts';
import { durationSchema } from './duration-schema.ts';
import { type ReleaseType, type RiskTolerance, STRATEGIES, type Strategy } from './planning-arguments.ts';
import { compileRollback, type Rollback, rollbackSchema } from './rollback-schema.ts';
import { MOST_INSTANCES } from './rolling-batches.ts';
import {
  DEFAULT_DRIVER,
  DEFAULT_METRICS,
  DEFAULT_MIN_REQUESTS,
  DEFAULT_STRATEGY,
  DEFAULT_WINDOW,
} from './rollout-defaults.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from './rollout-presets.ts';
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
    audience: z
      .string()
      .max(80)
      .regex(visibleCharacter, 'is blank')
      .optional()
      .describe('who gets the new version in it, such as Beta users'),
  })
  .describe('a phase: its traffic, soak, criteria and audience');

export type Phase = z.infer<typeof phaseSchema>;

/** A phase of a preset as a plan has it, with every default filled in. */
export function toPhase({ trafficPercent, soak, criteria, audience }: ChosenPhase): Phase {
  return phaseSchema.parse({ trafficPercent, soak, criteria, audience });
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
  .optional()
  .describe('a list of phases whose traffic rises and ends at 100');

/** Who goes on to the next phase of a rollout. */
export const PROGRESS_MODES = ['manual', 'automatic'] as const;

const adapterNameSchema = z.string().regex(adapterName);

export const rolloutSchema = z
  .strictObject({
    strategy: z
      .enum(STRATEGIES)
      .optional()
      .describe(`a strategy: ${STRATEGIES.join(', ')}; left out, that of the preset, or canary`),
    preset: z
      .enum(PRESET_NAMES)
      .optional()
      .describe(
        `where the phases come from: ${PRESET_NAMES.join(', ')}; left out, by strategy, type and risk tolerance`,
      ),
    instances: z
      .int()
      .min(1)
      .max(MOST_INSTANCES)
      .optional()
      .describe(`how many instances a rolling deployment has, 1 to ${MOST_INSTANCES}`),
    driver: adapterNameSchema
      .default(DEFAULT_DRIVER)
      .describe('the name of a deployment driver, such as demo'),
    metrics: adapterNameSchema
      .default(DEFAULT_METRICS)
      .describe('the name of a metrics source, such as demo'),
    phases: phasesSchema,
    rollback: rollbackSchema,
    progress: z
      .enum(PROGRESS_MODES)
      .optional()
      .describe(
        'who goes on to the next phase: manual for people, automatic for tminus once the phase has soaked and its criteria are met; left out, manual',
      ),
    secondPerson: z
      .boolean()
      .optional()
      .describe(
        'whether a second person has to approve each promotion: true or false; left out, by risk tolerance',
      ),
  })
  .superRefine(({ strategy, preset, instances }, context) => {
    if (instances !== undefined && strategyOf({ strategy, preset }) !== 'rolling') {
      addProblem(
        context,
        ['instances'],
        'is for rolling deployments only',
        'no instances, or strategy: rolling',
      );
    }
    if (strategy === undefined || preset === undefined || PRESETS[preset].strategy === strategy) return;
    const message = `is "${preset}", which belongs to ${PRESETS[preset].strategy}, not to ${strategy}`;
    addProblem(context, ['preset'], message, listWords(presetsOf(strategy), 'or'));
  })
  .prefault({})
  .describe('how the rollout is carried out: strategy, preset, driver, metrics, phases, rollback');

/** A rollout with its strategy and phases, whoever has chosen them. */
export type Rollout = Omit<z.infer<typeof rolloutSchema>, 'strategy' | 'phases' | 'rollback'> & {
  strategy: Strategy;
  phases: Phase[];
  /** Left out in plans that were made before there were rules. */
  rollback?: Rollback;
};

/** The strategy that is meant: as it is given, or that of the preset. */
function strategyOf({
  strategy,
  preset,
}: {
  strategy?: Strategy | undefined;
  preset?: PresetName | undefined;
}): Strategy {
  return strategy ?? (preset === undefined ? DEFAULT_STRATEGY : PRESETS[preset].strategy);
}

/** Fills in the strategy, and the phases with the preset they come from; phases that a plan has are kept as they are. */
export function compileRollout(
  { strategy: given, preset: named, phases, rollback: written, ...others }: z.infer<typeof rolloutSchema>,
  { type, riskTolerance }: { type: ReleaseType; riskTolerance: RiskTolerance },
): Rollout {
  const strategy = strategyOf({ strategy: given, preset: named });
  const rollback = compileRollback(written, { riskTolerance, strategy });
  const rollout = { ...others, rollback };
  if (phases !== undefined) return { strategy, ...(named && { preset: named }), ...rollout, phases };
  const preset = named ?? defaultPreset({ type, riskTolerance, strategy });
  const chosen = presetPhases(preset, { riskTolerance, instances: rollout.instances });
  return { strategy, preset, ...rollout, phases: chosen.map(toPhase) };
}
