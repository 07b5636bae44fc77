import { durationMs } from '../../core/calendar/duration.ts';
import { type Criterion, evaluateGate, type GateResult } from '../../core/rollout/evaluate-gate.ts';
import { watchedCriteria } from '../../core/rollout/watched-criteria.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';

/**
 * Reads every criterion by which a phase is judged from the release's metric source and judges it. A source that
 * fails or is not configured gives `unknown`, never a pass.
 */
export function readGates(services: Services, release: Release, phaseIndex: number): Promise<GateResult[]> {
  const criteria = watchedCriteria(release.plan.rollout, phaseIndex);
  return Promise.all(criteria.map((criterion) => readGate(services, release, criterion)));
}

async function readGate(services: Services, release: Release, criterion: Criterion): Promise<GateResult> {
  const { metrics: name } = release.plan.rollout;
  const source = services.metrics(name);
  const reading = source
    ? await source.query({
        metric: criterion.metric,
        windowMs: durationMs(criterion.window),
        target: { version: release.plan.version },
      })
    : ({ kind: 'no-data', reason: `no metrics source "${name}" is configured`, source: name } as const);
  return evaluateGate(criterion, reading, services.clock.wall());
}
