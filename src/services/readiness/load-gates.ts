import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import type { PlannedGate } from '../../core/readiness/gates/gate.ts';
import { type GateState, judgeGate } from '../../core/readiness/gates/judge-gate.ts';
import {
  findLatestResults,
  findReadings,
  findWaivers,
  type GateReading,
  type GateResult,
  type GateWaiver,
} from '../../db/queries/gates.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Queries } from '../../db/transaction.ts';

/** A gate of a release as it stands. */
export interface StandingGate {
  gate: PlannedGate;
  state: GateState;
  /** The latest; null: there is none. */
  result: GateResult | null;
  /** The waiver that holds, whether it is needed or not. */
  waiver: GateWaiver | null;
  /** What its metrics source said last; null: it has none, or was not asked yet. */
  reading: GateReading | null;
}

/** The gates of a release as they stand at `now` (epoch ms), in the order in which they are shown. */
export async function loadGates(db: Queries, release: Release, now: number): Promise<StandingGate[]> {
  const [results, waivers, readings] = await Promise.all([
    findLatestResults(db, release.id),
    findWaivers(db, { releaseId: release.id, now }),
    findReadings(db, release.id),
  ]);
  return deriveGates(release.plan).map((gate) => {
    const result = results.find((each) => each.gate === gate.key) ?? null;
    const waiver = waivers.find((each) => each.gate === gate.key) ?? null;
    const { version } = release.plan;
    const state = judgeGate(gate, { result, waivedUntil: waiver?.until ?? null, version, now });
    const reading = gate.measure && (readings.find((each) => each.gate === gate.key) ?? null);
    return { gate, state, result, waiver, reading };
  });
}
