import type { TargetState, TargetStatus } from '../../../../src/core/rollout/target-state.ts';

/** The parts that the proxy's weights add up to, as HAProxy's do. */
export const totalWeight = 256;
const instances = 10;

/**
 * A proxy that moves to a new weight instance by instance. It keeps its present command and nothing else: no
 * ids, no history. It lives outside of the driver, as a real one lives in another process.
 */
export interface IntegerWeightsTarget {
  /** Every command that it took, oldest first. */
  readonly commands: string[];
  behaviour: 'sound' | 'unreachable' | 'refusing' | 'not-taking' | 'late';
  /** How long the next command takes, and how long until the target has seen it. Milliseconds. */
  takesMs: number;
  seenAfterMs: number;
  /** When set, a command stops with this reason half-way. */
  fault: string | null;
  setWeight(weight: number): void;
  pause(): void;
  resume(): void;
  state(): TargetState;
}

const targets = new Map<string, IntegerWeightsTarget>();

/** The target of this name. @throws Error when none was opened. */
export function findTarget(name: string): IntegerWeightsTarget {
  const target = targets.get(name);
  if (!target) throw new Error(`no target "${name}" was opened`);
  return target;
}

/** Opens a target whose time is that of `now` (epoch ms), in place of an older one of the name. */
export function openTarget(name: string, now: () => number): IntegerWeightsTarget {
  let generation = 1;
  let from = 0;
  let to = 0;
  let startedAt = 0;
  let takesMs = 0;
  let pausedAt: number | null = null;

  const elapsed = () => (pausedAt ?? now()) - startedAt;
  const updated = () => {
    const done = takesMs === 0 ? 1 : Math.min(1, elapsed() / takesMs);
    return Math.min(Math.floor(done * instances), target.fault === null ? instances : instances / 2);
  };
  const hasSeen = () => now() - startedAt >= target.seenAfterMs;
  const weight = () => Math.round(from + ((to - from) * updated()) / instances);
  const status = (): TargetStatus => {
    if (target.fault !== null && updated() >= instances / 2) return { kind: 'failed', reason: target.fault };
    if (pausedAt !== null) return { kind: 'paused', reason: null };
    return updated() < instances ? { kind: 'progressing' } : { kind: 'done' };
  };

  const target: IntegerWeightsTarget = {
    commands: [],
    behaviour: 'sound',
    takesMs: 0,
    seenAfterMs: 0,
    fault: null,
    setWeight: (next) => {
      [from, to] = [weight(), next];
      [generation, startedAt, pausedAt, takesMs] = [generation + 1, now(), null, target.takesMs];
      target.commands.push(`weight ${next}`);
    },
    pause: () => {
      pausedAt = now();
    },
    resume: () => {
      if (pausedAt !== null) startedAt += now() - pausedAt;
      pausedAt = null;
    },
    state: () => ({
      stableVersion: '2.3.0',
      candidateVersion: '2.4.0',
      weight: (100 * weight()) / totalWeight,
      countedWeight: { weight: weight(), total: totalWeight },
      readiness: null,
      progress: { updated: updated(), total: instances },
      generation: { wanted: generation, seen: hasSeen() ? generation : generation - 1 },
      status: status(),
    }),
  };
  targets.set(name, target);
  return target;
}
