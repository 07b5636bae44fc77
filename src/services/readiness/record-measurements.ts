import { and, eq, inArray } from 'drizzle-orm';
import * as z from 'zod';
import { GRADES } from '../../core/plan/readiness-schema.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import { isMeasureDue } from '../../core/readiness/gates/measure-due.ts';
import { isUnderWay } from '../../core/release/release-state.ts';
import { findReadings } from '../../db/queries/gates.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { gateReadings } from '../../db/schema/readiness.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { keepResults } from './keep-results.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  /** Which version was measured. */
  version: z.string(),
  measured: z.array(
    z.object({
      gate: z.string(),
      source: z.string(),
      value: z.union([z.number(), z.enum(GRADES), z.boolean()]).nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Keeps what metrics sources said of the gates of a release: values as results like any other, and for the rest why
 * there is none. What another process has kept meanwhile stays. Only tminus itself asks for it.
 */
export function recordMeasurements(args: { ctx: Ctx; input: Input }): Promise<Result<{ kept: number }>> {
  return runVerb({ name: 'gate.measure', input: inputSchema, run: record }, args);
}

async function record(
  scope: Scope,
  { releaseId, version, measured }: Input,
): Promise<Result<{ kept: number }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  if (!release || !isUnderWay(release.state) || release.plan.version !== version) return done({ kept: 0 });
  const before = new Map((await findReadings(scope.tx, releaseId)).map((one) => [one.gate, one]));
  const gates = new Map(deriveGates(release.plan).map((gate) => [gate.key, gate]));
  const news = measured.filter(({ gate: key }) => {
    const gate = gates.get(key);
    return gate?.measure && isMeasureDue(gate.measure, before.get(key) ?? null, scope.now);
  });
  if (news.length === 0) return done({ kept: 0 });
  await write(scope, releaseId, news);
  for (const source of new Set(news.map((one) => one.source))) {
    const results = news.flatMap(({ gate, value, source: from }) =>
      from === source && value !== null ? [{ gate, value }] : [],
    );
    if (results.length > 0)
      await keepResults(scope, release, { source, measuredAt: scope.now, evidence: null, results });
  }
  const unknown = news.filter(({ gate, reason }) => reason !== null && reason !== before.get(gate)?.reason);
  if (unknown.length > 0) {
    const details = { gates: unknown.map(({ gate, source, reason }) => ({ gate, source, reason })) };
    scope.audit({ action: 'gates.unmeasured', releaseId, details });
    scope.invalidateCards(releaseId);
  }
  return done({ kept: news.length });
}

async function write({ tx, now }: Scope, releaseId: string, measured: Input['measured']): Promise<void> {
  const keys = measured.map(({ gate }) => gate);
  await tx
    .delete(gateReadings)
    .where(and(eq(gateReadings.releaseId, releaseId), inArray(gateReadings.gate, keys)));
  await tx.insert(gateReadings).values(
    measured.map(({ gate, source, reason }) => ({
      releaseId,
      gate,
      source,
      reason,
      askedAt: new Date(now),
    })),
  );
}
