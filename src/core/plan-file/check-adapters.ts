import { suggest } from '../../lib/closest.ts';
import type { Plan } from '../plan/plan.ts';
import { DEFAULT_DRIVER, DEFAULT_METRICS } from '../plan/rollout-defaults.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

/** The names under which deployment drivers and metrics sources are configured. */
export interface AdapterNames {
  drivers: readonly string[];
  metrics: readonly string[];
}

type Adapters = Pick<Plan['rollout'], keyof typeof defaults>;

const defaults = { driver: DEFAULT_DRIVER, metrics: DEFAULT_METRICS };
const lists = { driver: 'drivers', metrics: 'metrics' } as const;
/** What a plan gets without its default driver or metrics source. */
const without = {
  driver: `No driver "${DEFAULT_DRIVER}" is configured, so tminus offers no promotion or rollback: deploy with your own pipeline, and record what was done.`,
  metrics: `No metrics source "${DEFAULT_METRICS}" is configured, so gates stay unknown and hold promotions back.`,
};

/**
 * Refuses a driver or a metrics source that is not configured. The default ones are let pass, since a plan may
 * go on up to go-live without any, and a plan that names them is the same as one that leaves them out.
 */
export function checkAdapters(rollout: Adapters, names: AdapterNames): PlanIssue[] {
  return unconfigured(rollout, names).flatMap((field) => {
    const name = rollout[field];
    if (name === defaults[field]) return [];
    const configured = names[lists[field]];
    const hint = suggest(name, configured);
    const expected =
      configured.length > 0
        ? `one of ${configured.join(', ')}`
        : `a name under ${lists[field]} in tminus.yaml, where there is none`;
    const message = `is "${name}", which is not configured`;
    return [issue(['rollout', field], message, expected, hint)];
  });
}

/** The same of the sources that measure gates before the vote. */
export function checkGateSources(
  { readiness }: Pick<Plan, 'readiness'>,
  { metrics: configured }: AdapterNames,
): PlanIssue[] {
  const gates = readiness?.gates;
  const measured = [
    ...Object.entries(gates?.change ?? {}).map(([key, { measure }]) => ({ measure, path: ['change', key] })),
    ...(gates?.add ?? []).map(({ measure }, index) => ({ measure, path: ['add', index] })),
  ];
  return measured.flatMap(({ measure, path }) => {
    const name = measure?.source;
    if (name === undefined || configured.includes(name)) return [];
    const expected =
      configured.length > 0
        ? `one of ${configured.join(', ')}`
        : 'a name under metrics in tminus.yaml, where there is none';
    const at = ['readiness', 'gates', ...path, 'measure', 'source'];
    return [issue(at, `is "${name}", which is not configured`, expected, suggest(name, configured))];
  });
}

/** What a plan can't do because its default driver or metrics source is not configured, in whole sentences. */
export function missingDefaults(rollout: Adapters, names: AdapterNames): string[] {
  return unconfigured(rollout, names).flatMap((field) =>
    rollout[field] === defaults[field] ? [without[field]] : [],
  );
}

function unconfigured(rollout: Adapters, names: AdapterNames) {
  return (['driver', 'metrics'] as const).filter((field) => !names[lists[field]].includes(rollout[field]));
}
