import { z } from 'zod';
import { done, type Result } from '../../core/result.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../context.ts';
import { checkSystem } from '../permissions.ts';
import { runVerb, type Scope } from '../verb.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  phaseIndex: z.number().int(),
  gates: z.array(z.custom<GateResult>()),
});

/** Keeps the latest gate results of a phase; a gate that changes its state is in the audit trail. */
export function recordGates(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'rollout.record-gates', input: inputSchema, run: record }, args);
}

async function record(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  const before = await loadRollout(scope.tx.client, input.releaseId);
  if (before.phaseIndex !== input.phaseIndex || sameShown(before.gates, input.gates)) return done(null);
  const { rowCount } = await scope.tx.client.query({
    name: 'record-gates',
    text: `update rollouts set gates = $3 where release_id = $1 and phase_index = $2 and state <> 'rolled_back'`,
    values: [input.releaseId, input.phaseIndex, JSON.stringify(input.gates)],
  });
  if (rowCount !== 1) return done(null);
  for (const [index, gate] of input.gates.entries()) {
    // By its place among the criteria: a phase may judge one metric twice.
    if (before.gates[index]?.state === gate.state) continue;
    const details = { metric: gate.metric, state: gate.state, value: gate.value, threshold: gate.threshold };
    scope.audit({ action: 'gate.changed', releaseId: input.releaseId, details });
  }
  scope.touchCards(input.releaseId);
  return done(null);
}

function sameShown(before: readonly GateResult[], after: readonly GateResult[]): boolean {
  const shown = (gates: readonly GateResult[]) =>
    gates.map(({ state, value, sentence }) => [state, value, sentence]);
  return JSON.stringify(shown(before)) === JSON.stringify(shown(after));
}
