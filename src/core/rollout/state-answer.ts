import * as z from 'zod';
import type { TargetState, TargetStatus } from './target-state.ts';

const version = z.string().min(1).max(200);
const count = z.int().min(0);

/** What a program or service of somebody else says of its target, as JSON. What it leaves out, it does not say. */
export const StateAnswer = z.object({
  stableVersion: version,
  candidateVersion: version.nullable(),
  weight: z.number().min(0).max(100),
  status: z.enum(['done', 'progressing', 'paused', 'failed']).default('done'),
  /** Why it is paused, or has failed. */
  reason: z.string().max(500).nullish(),
  progress: z.object({ updated: count, total: count }).nullish(),
  readiness: z.object({ ready: count, wanted: count }).nullish(),
  generation: z.object({ wanted: count, seen: count }).nullish(),
});
export type StateAnswer = z.infer<typeof StateAnswer>;

/** The same as the rest of tminus knows it. */
export function toTargetState(answer: StateAnswer): TargetState {
  const { stableVersion, candidateVersion, weight, progress, readiness, generation } = answer;
  return {
    ...{ stableVersion, candidateVersion, weight },
    countedWeight: null,
    progress: progress ?? null,
    readiness: readiness ?? null,
    generation: generation ?? null,
    status: toStatus(answer),
  };
}

function toStatus({ status, reason }: StateAnswer): TargetStatus {
  switch (status) {
    case 'paused':
      return { kind: status, reason: reason ?? null };
    case 'failed':
      return { kind: status, reason: reason ?? 'it gives no reason' };
    default:
      return { kind: status };
  }
}
