import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { type RuleRun, type RuleSample, stepRule } from '../../core/rollout/watch-rules.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import {
  activeOperation,
  knownTrafficPercent,
  loadRollout,
  type Rollout,
} from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { actOnRules, type TrippedRule } from './act-on-rules.ts';

const sampleSchema: z.ZodType<RuleSample> = z.object({
  state: z.enum(['met', 'not-met', 'unknown']),
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
const inputSchema = z.object({
  releaseId: z.uuid(),
  phaseIndex: z.number().int(),
  /** By the order of the plan's rules; null for one that doesn't hold in the phase. */
  samples: z.array(sampleSchema.nullable()),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Takes one sample of each rollback rule into account. A rule that has been met for its whole time rolls back, or has people
 * asked, in this transaction. Several processes watch one rollout: samples of the same instant only make a run denser.
 */
export function judgeRollbackRules(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'rollout.judge-rules', input: inputSchema, run: judge }, args);
}

async function judge(scope: Scope, { releaseId, phaseIndex, samples }: Input): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  if (!release) return done(null);
  const rollout = await loadRollout(scope.tx, releaseId);
  if (!isWatched(rollout, phaseIndex)) return done(null);
  const { runs, tripped } = step(scope, release, { rollout, samples });
  if (!isDeepStrictEqual(runs, rollout.ruleRuns ?? runs.map(() => null)))
    await scope.tx.update(rollouts).set({ ruleRuns: runs }).where(eq(rollouts.releaseId, releaseId));
  if (tripped.length > 0) await actOnRules(scope, { release, rollout, tripped });
  return done(null);
}

function isWatched(rollout: Rollout, phaseIndex: number): boolean {
  if (rollout.phaseIndex !== phaseIndex || rollout.state === 'rolled_back') return false;
  // Somebody has acted already; and what has no traffic has nothing to take back.
  const active = activeOperation(rollout)?.kind;
  return active !== 'rollback' && active !== 'abort' && knownTrafficPercent(rollout) !== 0;
}

function step(
  { ctx }: Scope,
  { plan }: Release,
  { rollout, samples }: { rollout: Rollout; samples: Input['samples'] },
): { runs: (RuleRun | null)[]; tripped: TrippedRule[] } {
  const wall = ctx.clock.wall();
  const tripped: TrippedRule[] = [];
  const runs = (plan.rollout.rollback?.rules ?? []).map((rule, index) => {
    const sample = samples[index] ?? null;
    if (sample === null) return null;
    const { run, isTripped } = stepRule(rule, rollout.ruleRuns?.[index] ?? null, {
      state: sample.state,
      wall,
    });
    if (run !== null && isTripped) tripped.push({ rule, sample, run });
    return run;
  });
  return { runs, tripped };
}
