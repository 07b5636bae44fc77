import { isForward, type OperationKind } from './operation-state.ts';

/** How far a new version had come: the share of traffic it had (percent), and for how long it had any. */
export interface Exposure {
  peakPercent: number;
  /** A step that was broken off may have got as far, and nobody read how far it got. */
  isUpperBound: boolean;
  /** From the first step to the end of the rollback; null when people recorded them, who may have done so later. */
  spanMs: number | null;
}

/** What is known of a step of a rollout; instants are epoch ms of the release's clock. */
export interface Step {
  kind: OperationKind;
  state: string;
  /** What the new version had when it was asked for; null when nobody knew. */
  fromPercent: number | null;
  toPercent: number;
  /** As read from the target afterwards; null when it was not read. */
  observedPercent: number | null;
  requestedAt: number;
  finishedAt: number | null;
}

/**
 * How far a release had come before its rollback, from all its steps in order; null when it never had traffic as
 * far as is known, or was not rolled back.
 */
export function measureExposure(steps: readonly Step[]): Exposure | null {
  const end = steps.find(({ kind, state }) => kind === 'rollback' && isDone(state));
  const promotions = steps.filter(({ kind }) => isForward(kind));
  const [first] = promotions;
  if (!end || !first) return null;
  const before = end.fromPercent ?? 0;
  const read = Math.max(before, ...promotions.map(percentKnown));
  const possible = Math.max(before, ...promotions.map(percentPossible));
  if (possible === 0) return null;
  const isRecorded = steps.some(({ state }) => state === 'recorded');
  return {
    peakPercent: Math.max(read, possible),
    isUpperBound: possible > read,
    spanMs: isRecorded || end.finishedAt === null ? null : end.finishedAt - first.requestedAt,
  };
}

function isDone(state: string): boolean {
  return state === 'succeeded' || state === 'recorded';
}

/** What the step is known to have given the new version. */
function percentKnown({ state, toPercent, observedPercent }: Step): number {
  return observedPercent ?? (isDone(state) ? toPercent : 0);
}

/** The most that it may have given it: a step whose end nobody read may have been carried out. */
function percentPossible({ toPercent, observedPercent }: Step): number {
  return observedPercent ?? toPercent;
}
