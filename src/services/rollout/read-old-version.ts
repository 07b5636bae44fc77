import { durationMs } from '../../core/calendar/duration.ts';
import { describeReading } from '../../core/metrics/metric-registry.ts';
import type { Criterion, GateResult } from '../../core/rollout/evaluate-gate.ts';
import { watchedCriteria } from '../../core/rollout/watched-criteria.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { orAfter } from '../../lib/or-after.ts';
import type { Services } from '../kernel/context.ts';
import { findOldVersion } from './kept-old-version.ts';

/** Bad news does not wait for a comparison. Real milliseconds. */
const waitedMs = 1_500;

/**
 * What the old version has in the measures that fail, by the order of the gates; null where it isn't known, and for
 * gates that don't fail. Never throws, and takes two seconds at most.
 */
export async function readOldVersion(
  services: Services,
  release: Release,
  { phaseIndex, gates }: { phaseIndex: number; gates: readonly GateResult[] },
): Promise<(string | null)[]> {
  const nothing = gates.map(() => null);
  return orTooLate(readAll(services, release, { phaseIndex, gates }), nothing);
}

/** What a comparison with the old version comes to; `otherwise` when it fails or takes too long. Never throws. */
export function orTooLate<Value>(reading: Promise<Value>, otherwise: Value): Promise<Value> {
  return orAfter(
    reading.catch(() => otherwise),
    waitedMs,
    () => otherwise,
  );
}

async function readAll(
  services: Services,
  release: Release,
  { phaseIndex, gates }: { phaseIndex: number; gates: readonly GateResult[] },
): Promise<(string | null)[]> {
  const { rollout } = release.plan;
  const version = await findOldVersion(services, release);
  if (version === null) return gates.map(() => null);
  const criteria = watchedCriteria(rollout, phaseIndex);
  return Promise.all(
    gates.map(async ({ state }, index) => {
      const criterion = criteria[index];
      return state === 'fail' && criterion ? readOne(services, release, { criterion, version }) : null;
    }),
  );
}

async function readOne(
  services: Services,
  release: Release,
  { criterion, version }: { criterion: Criterion; version: string },
): Promise<string | null> {
  const { metric, window, minRequests } = criterion;
  const query = { metric, windowMs: durationMs(window), target: { version } };
  const reading = await services.metrics(release.plan.rollout.metrics)?.query(query);
  // Of a few requests nothing can be said, of the old version no more than of the new one.
  if (reading?.kind !== 'value' || reading.requests < minRequests) return null;
  return describeReading(criterion, reading.value);
}
