import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { metricRegistry } from '../../core/metrics/metric-registry.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { withHistory } from '../../core/rollout/gate-history.ts';
import { newGateWatch } from '../../core/rollout/watch-gates.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { tellGateNews } from './tell-gate-news.ts';
import { watchRecordedGates } from './watch-recorded-gates.ts';

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
  /** What the old version has, by the order of the gates; null or nothing where that is not known. */
  oldVersion: z.array(z.string().nullable()).default([]),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Keeps the latest gate results of a phase; a gate that changes its state is in the audit trail, and what people have
 * to know goes into the release's channel, once. Several processes watch one rollout: what was measured before what is
 * stored comes too late and changes nothing.
 */
export function recordGates(args: { ctx: Ctx; input: z.input<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'rollout.record-gates', input: inputSchema, run: record }, args);
}

async function record(scope: Scope, input: Input): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  if (!release) return done(null);
  const before = await loadRollout(scope.tx, input.releaseId);
  if (before.phaseIndex !== input.phaseIndex || before.state === 'rolled_back') return done(null);
  if (isNewer(before.gates, input.gates, scope.ctx.clock.wall())) return done(null);
  const { watch, news } = watchRecordedGates(scope, { release, rollout: before }, input.gates);
  const compared = withOldVersion(input);
  const isShownSame = sameShown(before.gates, compared);
  if (isShownSame && isDeepStrictEqual(watch, before.gateWatch ?? newGateWatch)) return done(null);
  await scope.tx
    .update(rollouts)
    .set({ gates: withHistory(before.gates, compared, scope.now), gateWatch: watch })
    .where(eq(rollouts.releaseId, input.releaseId));
  auditChanges(scope, input, before.gates);
  const { gates, oldVersion } = input;
  await tellGateNews(scope, { release, rollout: before }, { news, told: { gates, oldVersion, watch } });
  if (!isShownSame || news.length > 0) scope.invalidateCards(input.releaseId);
  return done(null);
}

function withOldVersion({ gates, oldVersion }: Input): GateResult[] {
  return gates.map((gate, index) => {
    const old = oldVersion[index] ?? null;
    return old === null ? gate : { ...gate, oldVersion: old };
  });
}

function auditChanges(scope: Scope, { releaseId, gates }: Input, before: readonly GateResult[]): void {
  for (const [index, gate] of gates.entries()) {
    // By its place among the criteria: a phase may judge one metric twice.
    if (before[index]?.state === gate.state) continue;
    const details = { metric: gate.metric, state: gate.state, value: gate.value, threshold: gate.threshold };
    scope.audit({ action: 'gate.changed', releaseId, details });
  }
}

function sameShown(before: readonly GateResult[], after: readonly GateResult[]): boolean {
  const shown = (gates: readonly GateResult[]) =>
    gates.map(({ state, value, sentence, oldVersion }) => [state, value, sentence, oldVersion]);
  return JSON.stringify(shown(before)) === JSON.stringify(shown(after));
}

/** Whether any of the stored gates was measured after its counterpart. A future one is of a clock that was set back. */
function isNewer(stored: readonly GateResult[], gates: readonly GateResult[], wall: number): boolean {
  return gates.some(({ at }, index) => {
    const storedAt = stored[index]?.at ?? null;
    return at !== null && storedAt !== null && storedAt > at && storedAt <= wall;
  });
}
