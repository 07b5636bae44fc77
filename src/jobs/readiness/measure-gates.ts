import pMap from 'p-map';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import type { GateMeasure, PlannedGate } from '../../core/readiness/gates/gate.ts';
import { isMeasureDue } from '../../core/readiness/gates/measure-due.ts';
import { findMeasured, findReadings } from '../../db/queries/gates.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { measureGate } from '../../services/readiness/measure-gate.ts';
import { recordMeasurements } from '../../services/readiness/record-measurements.ts';
import type { JobServices } from '../job-services.ts';

/** How many releases are measured at once: a slow metrics source delays few others. */
const concurrency = 8;
/** How often is looked which gates are due, real ms. */
const lookEveryMs = 10_000;

/** Makes the watch that measures the gates of releases whose plans say from which source; each as often as its plan says. */
export function createGatesMeasuring(): (jobs: JobServices) => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async (jobs) => {
    const wall = jobs.clock.wall();
    if (jobs.stopping.aborted || Math.abs(wall - lookedAt) < lookEveryMs) return;
    lookedAt = wall;
    await measureGates(jobs);
  };
}

/** Measures what is due of every release under way. */
export async function measureGates(jobs: JobServices): Promise<void> {
  const measure = async (releaseId: string) => {
    if (!jobs.stopping.aborted) await measureRelease(jobs, releaseId);
  };
  // A failure at one must not keep the others from being measured.
  await pMap(await findMeasured(jobs.db), measure, { concurrency, stopOnError: false });
}

async function measureRelease(jobs: JobServices, releaseId: string): Promise<void> {
  const release = await loadRelease(jobs.db, { id: releaseId });
  if (!release) return;
  const last = new Map((await findReadings(jobs.db, releaseId)).map((one) => [one.gate, one]));
  const due = deriveGates(release.plan)
    .filter(isMeasured)
    .filter(({ key, measure }) => isMeasureDue(measure, last.get(key) ?? null, jobs.clock.now()));
  if (due.length === 0) return;
  const measured = await Promise.all(due.map((gate) => measureGate(jobs, release, gate)));
  const input = { releaseId, version: release.plan.version, measured };
  await recordMeasurements({ ctx: asSystem(jobs, 'gates'), input });
}

function isMeasured(gate: PlannedGate): gate is PlannedGate & { measure: GateMeasure } {
  return gate.measure !== null;
}
