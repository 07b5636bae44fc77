import { durationMs } from '../../core/calendar/duration.ts';
import type { MetricReading } from '../../core/metrics/metric-reading.ts';
import type { RollbackRule } from '../../core/plan/rollback-schema.ts';
import { judgeRule, type RuleSample } from '../../core/rollout/watch-rules.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Services } from '../kernel/context.ts';
import { findOldVersion } from './kept-old-version.ts';
import { orTooLate } from './read-old-version.ts';

/**
 * Takes a sample for each rollback rule of a release, in their order; null for those that don't hold in the phase. What
 * can't be read is unknown. Never throws.
 */
export async function sampleRules(
  services: Services,
  release: Release,
  phaseIndex: number,
): Promise<(RuleSample | null)[]> {
  const rules = release.plan.rollout.rollback?.rules ?? [];
  // Below 0: the first promotion is under way, or has ended halfway.
  const holds = (rule: RollbackRule) => !rule.firstPhaseOnly || phaseIndex <= 0;
  const compares = rules.some((rule) => holds(rule) && rule.timesOld !== undefined);
  const old = compares ? await orTooLate(findOldVersion(services, release), null) : null;
  return Promise.all(
    rules.map((rule) => (holds(rule) ? sampleRule(services, release, { rule, old }) : null)),
  );
}

async function sampleRule(
  services: Services,
  release: Release,
  { rule, old }: { rule: RollbackRule; old: string | null },
): Promise<RuleSample> {
  const read = (version: string) => readMetric(services, release, { rule, version });
  const compared = rule.timesOld === undefined || old === null ? null : old;
  const [reading, ofOld] = await Promise.all([
    read(release.plan.version),
    compared === null ? null : read(compared),
  ]);
  return judgeRule(rule, { reading, old: ofOld, wall: services.clock.wall() });
}

async function readMetric(
  services: Services,
  release: Release,
  { rule: { metric, window }, version }: { rule: RollbackRule; version: string },
): Promise<MetricReading> {
  const { metrics: source } = release.plan.rollout;
  const query = { metric, windowMs: durationMs(window), target: { version } };
  const reading = await services.metrics(source)?.query(query);
  return reading ?? { kind: 'no-data', reason: 'no source is configured', source };
}
