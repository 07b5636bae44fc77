import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import type { UnleashSettings } from './schema.ts';
import { createUnleashApi, type Environment, type Strategy } from './unleash-api.ts';

/** Unleash shows a change at once; its clients see it when they ask next. */
const deadlineMs = 30_000;
const rolloutStrategy = 'flexibleRollout';

/**
 * Switches a feature on for a share of users, or for segments. A feature has no versions: what it brings is taken for the
 * release's. To take it back is to switch it off, in one call.
 */
export function createUnleashDriver(settings: UnleashSettings): DeploymentDriver {
  const api = createUnleashApi(settings);
  return {
    observe: async ({ target }) => toState(await api.read(), settings, target.version),
    weightTolerance: 0,
    hasNamedSides: true,
    commands: {
      setWeight: {
        deadlineMs,
        nearestWeight: (weight) => Math.round(weight),
        run: async ({ weight }) => {
          if (!(weight >= 0 && weight <= 100) || !Number.isInteger(weight))
            throw new DriverError('Unleash has whole percentages, 0 to 100.');
          const { enabled, strategies } = await api.read();
          const [present, ...others] = activeOf(strategies);
          if (others.length > 0 || (present && present.name !== rolloutStrategy))
            throw new DriverError(`${whyNot(settings, strategies)}. Leave one, ${rolloutStrategy}, or none.`);
          await api.write(present?.id ?? null, strategyFor(settings, weight, present));
          // Last, so that nobody gets it by an older share.
          if (!enabled) await api.turn('on');
          return null;
        },
      },
      // Asks nothing first: it has to work whatever the strategies are.
      rollBack: {
        deadlineMs,
        run: async () => {
          await api.turn('off');
          return null;
        },
      },
    },
  };
}

function strategyFor(
  { feature, stickiness, segments }: UnleashSettings,
  weight: number,
  present: Strategy | undefined,
): Omit<Strategy, 'id'> {
  const ids = segments[String(weight)];
  return {
    name: rolloutStrategy,
    // Whom else it is limited to is somebody's decision, and stays.
    constraints: present?.constraints ?? [],
    parameters: {
      stickiness,
      groupId: feature,
      ...present?.parameters,
      rollout: ids ? '100' : String(weight),
    },
    segments: ids ?? [],
  };
}

function toState(
  { enabled, strategies }: Environment,
  settings: UnleashSettings,
  version: string,
): TargetState {
  const [present, ...others] = activeOf(strategies);
  const share = present ? shareOf(settings, present) : 0;
  let status: TargetStatus = { kind: 'done' };
  if (enabled && (share === null || others.length > 0))
    status = { kind: 'failed', reason: whyNot(settings, strategies) };
  return {
    stableVersion: `without ${settings.feature}`,
    candidateVersion: version,
    // Without any strategy, everybody has what is enabled.
    weight: enabled ? (present ? (share ?? 0) : 100) : 0,
    countedWeight: null,
    readiness: null,
    progress: null,
    generation: null,
    status,
  };
}

/** The share that a strategy brings, percent; null when it is none that can be told. */
function shareOf(
  { segments }: UnleashSettings,
  { name, parameters, segments: ids }: Strategy,
): number | null {
  if (name !== rolloutStrategy) return null;
  const rollout = Number(parameters.rollout);
  if (ids.length === 0) return Number.isFinite(rollout) ? rollout : null;
  const text = (of: readonly number[]) => [...of].sort((one, other) => one - other).join();
  const [share] = Object.entries(segments).find(([, each]) => text(each) === text(ids)) ?? [];
  return share !== undefined && rollout === 100 ? Number(share) : null;
}

function activeOf(strategies: readonly Strategy[]): Strategy[] {
  return strategies.filter(({ disabled }) => disabled !== true);
}

function whyNot({ feature, environment }: UnleashSettings, strategies: readonly Strategy[]): string {
  const names = activeOf(strategies).map(({ name }) => name);
  return names.length > 1
    ? `${feature} has ${names.length} strategies in ${environment}, of which any is enough, so its share can't be told`
    : `${feature} has the strategy ${names.join()} in ${environment}, with a share that tminus can't tell`;
}
