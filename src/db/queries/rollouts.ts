import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { OperationState } from '../../core/rollout/operation-state.ts';
import type { Queries } from '../transaction.ts';

export interface Operation {
  id: string;
  releaseId: string;
  kind: 'promote' | 'rollback';
  state: OperationState;
  /** Percent, as last read when it was asked for; null when it was not known then. */
  fromPercent: number | null;
  toPercent: number;
  phaseIndex: number | null;
  reason: string | null;
  requestedBy: string;
  requestedByName: string;
  /** Epoch ms of the release's clock. */
  requestedAt: number;
  /** Epoch ms of the wall clock. */
  requestedWall: number;
  finishedAt: number | null;
  notBefore: number | null;
  attempts: number;
  observedPercent: number | null;
  error: string | null;
}

export interface Rollout {
  releaseId: string;
  state: RolloutState;
  /** Percent, as last read from the target. */
  trafficPercent: number;
  phaseIndex: number;
  phaseSince: number | null;
  gates: GateResult[];
  /** Newest first, at most ten. */
  operations: Operation[];
}

interface Row {
  release_id: string;
  state: RolloutState;
  traffic_percent: number;
  phase_index: number;
  phase_since: Date | null;
  gates: GateResult[];
  operations: Operation[] | null;
}

const operationJson = `json_build_object('id', o.id, 'releaseId', o.release_id, 'kind', o.kind, 'state', o.state,
  'fromPercent', o.from_percent, 'toPercent', o.to_percent, 'phaseIndex', o.phase_index, 'reason', o.reason,
  'requestedBy', o.requested_by, 'requestedByName', o.requested_by_name,
  'requestedAt', round(extract(epoch from o.requested_at) * 1000),
  'requestedWall', round(extract(epoch from o.requested_wall) * 1000),
  'notBefore', round(extract(epoch from o.not_before) * 1000), 'finishedAt', round(extract(epoch from o.finished_at) * 1000), 'attempts', o.attempts,
  'observedPercent', o.observed_percent, 'error', o.error)`;

const columns = `r.*, (select json_agg(${operationJson} order by o.seq desc) from
    (select * from operations where release_id = r.release_id
      order by finished_at is null desc, seq desc limit 10) o) as operations`;
const select = `select ${columns} from rollouts r`;

/** Whether the share is what the target has: it was read back from it after the latest operation. */
export function isTrafficKnown({ operations: [latest] }: Pick<Rollout, 'operations'>): boolean {
  return latest === undefined || (latest.finishedAt !== null && latest.observedPercent !== null);
}

/** Percent of traffic on the new version; null when it is not known. */
export function knownTrafficPercent(rollout: Pick<Rollout, 'operations' | 'trafficPercent'>): number | null {
  return isTrafficKnown(rollout) ? rollout.trafficPercent : null;
}

/** The operation that has not ended; there is at most one. */
export function activeOperation({ operations }: Pick<Rollout, 'operations'>): Operation | undefined {
  return operations.find(({ finishedAt }) => finishedAt === null);
}

/** A release's rollout with its latest operations. Every release has one. */
export async function loadRollout(db: Queries, releaseId: string): Promise<Rollout> {
  const { rows } = await db.$client.query<Row>({
    name: 'rollout',
    text: `${select} where r.release_id = $1`,
    values: [releaseId],
  });
  if (!rows[0]) throw new Error(`release ${releaseId} has no rollout`);
  return toRollout(rows[0]);
}

/** Rollouts by their release's id. */
export async function loadRollouts(db: Queries, ids: readonly string[]): Promise<Map<string, Rollout>> {
  const { rows } = await db.$client.query<Row>({
    name: 'rollouts',
    text: `${select} where r.release_id = any($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.release_id, toRollout(row)]));
}

function toRollout(row: Row): Rollout {
  return {
    releaseId: row.release_id,
    state: row.state,
    trafficPercent: row.traffic_percent,
    phaseIndex: row.phase_index,
    phaseSince: row.phase_since?.getTime() ?? null,
    gates: row.gates,
    operations: row.operations ?? [],
  };
}

/**
 * Releases with an operation that has ended since `since` (epoch ms of the wall clock) and whose target may turn
 * out to be otherwise: of a rollback a cancelled command may come late, of one that failed its own.
 */
export async function findUncertainTargets(db: Queries, since: number): Promise<{ releaseId: string }[]> {
  const { rows } = await db.$client.query<{ release_id: string }>({
    name: 'uncertain-targets',
    text: `select distinct release_id from operations
      where finished_wall > $1 and (kind = 'rollback' or state in ('failed', 'not_taken'))
      limit 500`,
    values: [new Date(since)],
  });
  return rows.map((row) => ({ releaseId: row.release_id }));
}

/** The release that a target was last told to do something for. */
export interface TargetHolder {
  releaseId: string;
  key: string;
  state: RolloutState;
  /** Whether it may have a part of the traffic, or is about to. */
  isRollingOut: boolean;
}

/** Whose the target of a driver is: the last operation's; null when there was none. */
export async function findTargetHolder(db: Queries, driver: string): Promise<TargetHolder | null> {
  const { rows } = await db.$client.query<TargetHolder>({
    name: 'target-holder',
    text: `select r.id as "releaseId", r.key, o.state,
        p.finished_at is null or o.state = 'running' or (o.state <> 'completed' and o.traffic_percent > 0) as "isRollingOut"
      from operations p join releases r on r.id = p.release_id join rollouts o on o.release_id = r.id
      where r.plan -> 'rollout' ->> 'driver' = $1
      order by p.seq desc limit 1`,
    values: [driver],
  });
  return rows[0] ?? null;
}

/** Releases whose rollout is under way. */
export async function findRunningRollouts(db: Queries): Promise<{ releaseId: string }[]> {
  const { rows } = await db.$client.query<{ release_id: string }>({
    name: 'running-rollouts',
    text: `select release_id from rollouts where state = 'running' or (state = 'completed' and release_id in
      (select id from releases where state = 'in_progress')) limit 500`,
  });
  return rows.map((row) => ({ releaseId: row.release_id }));
}
