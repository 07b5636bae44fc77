import { asc, eq } from 'drizzle-orm';
import { type Exposure, measureExposure } from '../../core/rollout/measure-exposure.ts';
import { operations } from '../schema/rollout.ts';
import type { Queries } from '../transaction.ts';

/** How far a release had come before it was rolled back; null when nothing is known of it. */
export async function loadExposure(db: Queries, releaseId: string): Promise<Exposure | null> {
  const { kind, state, fromPercent, toPercent, observedPercent, requestedAt, finishedAt } = operations;
  const steps = await db
    .select({ kind, state, fromPercent, toPercent, observedPercent, requestedAt, finishedAt })
    .from(operations)
    .where(eq(operations.releaseId, releaseId))
    .orderBy(asc(operations.seq));
  return measureExposure(
    steps.map((step) => ({
      ...step,
      requestedAt: step.requestedAt.getTime(),
      finishedAt: step.finishedAt?.getTime() ?? null,
    })),
  );
}
