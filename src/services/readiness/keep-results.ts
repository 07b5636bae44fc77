import type { GateValue } from '../../core/readiness/gates/gate.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { gateResults } from '../../db/schema/readiness.ts';
import { actorName } from '../kernel/permissions.ts';
import type { Scope } from '../kernel/scope.ts';

/** What gates of a release were found to be, all of one source at one time. */
interface KeptResults {
  source: string;
  /** Epoch ms. */
  measuredAt: number;
  evidence: string | null;
  results: readonly { gate: string; value: GateValue }[];
}

/** Keeps results of gates that were checked to be right; returns the keys of the gates. */
export async function keepResults(scope: Scope, release: Release, kept: KeptResults): Promise<string[]> {
  const { source, measuredAt, evidence } = kept;
  const { actor } = scope.ctx;
  const by = actor.kind === 'person' ? actorName(release, actor) : null;
  const rows = kept.results.map(({ gate, value }) => ({
    id: scope.ctx.newId(),
    releaseId: release.id,
    gate,
    ...columnsOf(value),
    version: release.plan.version,
    measuredAt: new Date(measuredAt),
    receivedAt: new Date(scope.now),
    source,
    evidence,
    reportedById: actor.kind === 'person' ? actor.personId : null,
    reportedByName: by,
  }));
  await scope.tx.insert(gateResults).values(rows);
  const results = rows.map(({ id, gate }, index) => ({
    id,
    gate,
    value: kept.results[index]?.value ?? null,
  }));
  const measured = { source, version: release.plan.version, measuredAt: new Date(measuredAt).toISOString() };
  scope.audit({
    action: 'gates.reported',
    releaseId: release.id,
    details: { ...measured, evidence, by, results },
  });
  scope.invalidateCards(release.id);
  return rows.map(({ gate }) => gate);
}

function columnsOf(value: GateValue) {
  return {
    number: typeof value === 'number' ? value : null,
    grade: typeof value === 'string' ? value : null,
    passed: typeof value === 'boolean' ? value : null,
  };
}
