import { describeSpan, durationMs } from '../calendar/duration.ts';
import { describeThreshold, metricRegistry } from '../metrics/metric-registry.ts';
import { type ChosenPhase, defaultPreset, SHARED_OUT, whyPreset } from '../plan/choose-preset.ts';
import { isSame } from '../plan/compare-plans.ts';
import type { Plan } from '../plan/plan.ts';
import { presetOf } from '../plan/preset-of.ts';
import { compileRollback } from '../plan/rollback-schema.ts';
import { HEALTH_CHECK_TIMEOUT, ROLLING_BATCHES } from '../plan/rolling-batches.ts';
import { PRESETS, type PresetName } from '../plan/rollout-presets.ts';
import type { Product } from '../product-file/product.ts';
import { describeRule } from '../rollout/watch-rules.ts';
import { derived, type Explained, type ExplainedPart, either, given } from './explained.ts';

/** Driver, metrics, preset and phases of a plan's rollout. */
export function explainRollout(plan: Plan, defaults: Plan, product: Product | null): ExplainedPart {
  const { driver, metrics, phases } = plan.rollout;
  const preset = presetOf(plan);
  const isProductOf = (field: 'driver' | 'metrics') => plan.rollout[field] === product?.[field];
  return {
    title: 'Rollout',
    entries: [
      either('Driver', driver, {
        isDefault: driver === defaults.rollout.driver,
        isProduct: isProductOf('driver'),
      }),
      either('Metrics', metrics, {
        isDefault: metrics === defaults.rollout.metrics,
        isProduct: isProductOf('metrics'),
      }),
      explainProgress(plan),
      explainPreset(plan, preset?.name ?? null, product),
      ...phases.map((phase, index) => explainPhase(plan, { phase, index, from: preset?.phases[index] })),
      ...explainBatches(plan),
      ...explainRollback(plan),
    ],
  };
}

function explainProgress({ rollout: { progress } }: Plan): Explained {
  const isAutomatic = progress === 'automatic';
  const how = isAutomatic
    ? 'automatic, once a phase has soaked and its criteria are met; people, where a promotion takes a second person'
    : 'manual: people promote';
  return either('Going on', how, { isDefault: !isAutomatic });
}

function explainPreset(plan: Plan, name: PresetName | null, product: Product | null): Explained {
  if (name === null) return given('Preset', 'none: the plan has phases of its own');
  const { title, source } = PRESETS[name];
  const { type, riskTolerance, rollout } = plan;
  const chosenBy = { type, riskTolerance, strategy: rollout.strategy };
  const isDefault = name === defaultPreset(chosenBy);
  const why = isDefault ? ` (${whyPreset(chosenBy)})` : '';
  return either('Preset', `${name}: ${title}${why}`, {
    isDefault,
    isProduct: name === product?.preset,
    source,
  });
}

type Phase = Plan['rollout']['phases'][number];

function explainPhase(
  { rollout }: Plan,
  { phase, index, from }: { phase: Phase; index: number; from: ChosenPhase | undefined },
): Explained {
  const { trafficPercent, soak, criteria, audience } = phase;
  const soakMs = durationMs(soak);
  const isLast = index === rollout.phases.length - 1;
  const judged = criteria.map((criterion) => {
    const { title } = metricRegistry.get(criterion.metric);
    return `${title} ${describeThreshold(criterion)} over ${describeSpan(durationMs(criterion.window))}`;
  });
  const held = soakMs === 0 ? [] : [`${isLast ? 'watched' : 'held'} for ${describeSpan(soakMs)}`];
  const share = `${trafficPercent} % of ${SHARED_OUT[rollout.strategy]}`;
  const value = [share, ...(audience === undefined ? [] : [audience]), ...held, ...judged].join('; ');
  const name = `Phase ${index + 1}`;
  return from === undefined ? given(name, value) : derived(name, value, from.source);
}

/** What rolls it back, and whether by itself. */
function explainRollback({ rollout, riskTolerance }: Plan): Explained[] {
  const { rollback, strategy } = rollout;
  if (rollback === undefined) return [];
  const usual = compileRollback(undefined, { riskTolerance, strategy });
  const explain = (name: string, value: string, isUsual: boolean) =>
    isUsual ? derived(name, value, 'S1 §6.1, S2 §3') : given(name, value);
  const how = rollback.automatic ? 'by itself, when a rule is met' : 'people are asked when a rule is met';
  return [
    explain('Rollback', how, rollback.automatic === usual.automatic),
    ...rollback.rules.map((rule, index) => {
      const isUsual = usual.rules.some((one) => isSame(one, rule));
      return explain(`Rollback rule ${index + 1}`, describeRule(rule), isUsual);
    }),
  ];
}

/** What a rolling deployment keeps to while a batch is updated: for the settings of whatever updates it. */
function explainBatches({ rollout, riskTolerance }: Plan): Explained[] {
  if (rollout.strategy !== 'rolling') return [];
  const check = describeSpan(durationMs(HEALTH_CHECK_TIMEOUT));
  return [
    derived('Unavailable at a time', `at most ${ROLLING_BATCHES[riskTolerance].maxUnavailable}`, 'S2 §2'),
    derived('Health check of an instance', `answers within ${check}`, 'S2 §2'),
  ];
}
