import { and, eq, ne } from 'drizzle-orm';
import * as z from 'zod';
import { metricRegistry } from '../../core/metrics/metric-registry.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { withHistory } from '../../core/rollout/gate-history.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const gateSchema: z.ZodType<GateResult> = z.object({
  metric: z.enum(metricRegistry.names),
  state: z.enum(['pass', 'fail', 'unknown']),
  title: z.string(),
  value: z.string().nullable(),
  threshold: z.string(),
  sentence: z.string(),
  source: z.string(),
  at: z.number().nullable(),
  measure: z.object({ reading: z.number(), below: z.number() }).optional(),
});
const inputSchema = z.object({
  releaseId: z.uuid(),
  phaseIndex: z.number().int(),
  gates: z.array(gateSchema),
});

/**
 * Keeps the latest gate results of a phase; a gate that changes its state is in the audit trail. Several
 * processes watch one rollout: what was measured before what is stored comes too late and changes nothing.
 */
export function recordGates(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'rollout.record-gates', input: inputSchema, run: record }, args);
}

async function record(scope: Scope, input: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  if (!(await lockRelease(scope.tx, { id: input.releaseId }))) return done(null);
  const before = await loadRollout(scope.tx, input.releaseId);
  if (before.phaseIndex !== input.phaseIndex || sameShown(before.gates, input.gates)) return done(null);
  if (isNewer(before.gates, input.gates, scope.ctx.clock.wall())) return done(null);
  const written = await scope.tx
    .update(rollouts)
    .set({ gates: withHistory(before.gates, input.gates, scope.now) })
    .where(
      and(
        eq(rollouts.releaseId, input.releaseId),
        eq(rollouts.phaseIndex, input.phaseIndex),
        ne(rollouts.state, 'rolled_back'),
      ),
    )
    .returning({ releaseId: rollouts.releaseId });
  if (written.length === 0) return done(null);
  for (const [index, gate] of input.gates.entries()) {
    // By its place among the criteria: a phase may judge one metric twice.
    if (before.gates[index]?.state === gate.state) continue;
    const details = { metric: gate.metric, state: gate.state, value: gate.value, threshold: gate.threshold };
    scope.audit({ action: 'gate.changed', releaseId: input.releaseId, details });
  }
  scope.invalidateCards(input.releaseId);
  return done(null);
}

function sameShown(before: readonly GateResult[], after: readonly GateResult[]): boolean {
  const shown = (gates: readonly GateResult[]) =>
    gates.map(({ state, value, sentence }) => [state, value, sentence]);
  return JSON.stringify(shown(before)) === JSON.stringify(shown(after));
}

/** Whether any of the stored gates was measured after its counterpart. A future one is of a clock that was set back. */
function isNewer(stored: readonly GateResult[], gates: readonly GateResult[], wall: number): boolean {
  return gates.some(({ at }, index) => {
    const storedAt = stored[index]?.at ?? null;
    return at !== null && storedAt !== null && storedAt > at && storedAt <= wall;
  });
}
