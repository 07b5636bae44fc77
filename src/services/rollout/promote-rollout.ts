import { z } from 'zod';
import { done, type Result, refuse } from '../../core/result.ts';
import { decidePromotion } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { listReleases, loadRelease, type Release } from '../../db/queries/load-release.ts';
import { loadRollout, type Rollout } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../context.ts';
import { touchCards } from '../effects.ts';
import { loadForAct } from '../load-for-act.ts';
import { moveRelease } from '../release/move-release.ts';
import { runVerb, type Scope } from '../verb.ts';
import { insertOperation } from './insert-operation.ts';
import { readGates } from './read-gates.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  target: z.union([
    z.literal('next'),
    z.literal('full'),
    z.number().gt(0, 'A share is above 0 %.').max(100, 'A share is at most 100 %.'),
  ]),
});

export interface RequestedPromotion {
  releaseKey: string;
  operationId: string;
  fromShare: number;
  toShare: number;
}

/** Asks for the next phase of a rollout. The guard's every unmet condition is in the refusal. */
export async function promoteRollout(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<RequestedPromotion>> {
  const gates = await readPresentGates(args.ctx, args.input.releaseKey);
  const run = (scope: Scope, input: z.infer<typeof inputSchema>) => promote(scope, input, gates);
  return runVerb({ name: 'rollout.promote', input: inputSchema, run }, args);
}

interface GatesRead {
  releaseId: string;
  phaseIndex: number;
  gates: GateResult[];
}

/** The gates are read before the transaction, so that a slow source holds no lock. */
async function readPresentGates(ctx: Ctx, key: string | null): Promise<GatesRead | null> {
  const release = key === null ? await onlyRelease(ctx) : await loadRelease(ctx.db.pool, { key });
  if (!release) return null;
  const { phaseIndex, state } = await loadRollout(ctx.db.pool, release.id);
  if (state !== 'running') return null;
  return { releaseId: release.id, phaseIndex, gates: await readGates(ctx, release, phaseIndex) };
}

async function onlyRelease(ctx: Ctx): Promise<Release | null> {
  const found = await listReleases(ctx.db.pool, {
    states: ['in_planning', 'approved', 'in_progress'],
    limit: 2,
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

async function promote(
  scope: Scope,
  input: z.infer<typeof inputSchema>,
  read: GatesRead | null,
): Promise<Result<RequestedPromotion>> {
  const loaded = await loadForAct(scope, input.releaseKey, 'rollout.promote');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const rollout = await loadRollout(scope.tx.client, release.id);
  const known = read?.releaseId === release.id && read.phaseIndex === rollout.phaseIndex;
  if (rollout.state === 'running' && !known) {
    return refuse(
      'conflict',
      'The rollout moved while its gates were read. Look at the card and try again.',
      {
        releaseId: release.id,
      },
    );
  }
  const gates = known ? read.gates : [];
  const { phases } = release.plan.rollout;
  const decision = decidePromotion(
    viewOf(release, rollout),
    phases,
    { target: input.target, gates },
    scope.now,
  );
  if (!decision.ok) {
    return refuse('conditions-unmet', `${release.key} can't be promoted now.`, {
      reasons: decision.reasons,
      releaseId: release.id,
    });
  }
  await moveRelease(scope, release, 'start');
  const { fromShare, toShare, phaseIndex } = decision;
  const operation = { kind: 'promote' as const, fromShare, toShare, phaseIndex, reason: null };
  const operationId = await insertOperation(scope, release, operation, { gates: gates.map(gateRecord) });
  await touchCards(scope, release.id);
  return done({ releaseKey: release.key, operationId, fromShare, toShare });
}

function viewOf(release: Release, rollout: Rollout) {
  const active = rollout.operations.find((operation) => operation.finishedAt === null);
  return {
    releaseState: release.state,
    goLiveAt: release.goLiveAt,
    state: rollout.state,
    phaseIndex: rollout.phaseIndex,
    phaseSince: rollout.phaseSince,
    activeOperation: active ? { kind: active.kind, toShare: active.toShare } : null,
  };
}

function gateRecord(gate: GateResult) {
  return {
    metric: gate.metric,
    state: gate.state,
    value: gate.value,
    threshold: gate.threshold,
    source: gate.source,
  };
}
