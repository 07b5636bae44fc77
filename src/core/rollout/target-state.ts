/** What the target of a rollout says of itself, read just now. */
export interface TargetState {
  /** The version that a rollback returns to, also when all traffic is on the candidate. */
  stableVersion: string;
  /** The version that receives `weight` percent; null when none is deployed. */
  candidateVersion: string | null;
  /** Percent of traffic on the candidate, 0 to 100. */
  weight: number;
  /** The same in what the target counts in, such as 26 of 256; null where that is percent. */
  countedWeight: { weight: number; total: number } | null;
  /** Instances of the candidate that can take traffic; null where the target does not say. */
  readiness: { ready: number; wanted: number } | null;
  /** How far the target has come with its last command; null where it does not say. */
  progress: { updated: number; total: number } | null;
  /**
   * The last command's number and the last one that the target has acted on. Until the second reaches the first,
   * what the target says is about an older command. Null where it does not count them.
   */
  generation: { wanted: number; seen: number } | null;
  status: TargetStatus;
}

/** What the target says of its last command. */
export type TargetStatus =
  /** Nothing is left to do. */
  | { kind: 'done' }
  | { kind: 'progressing' }
  /** It does nothing until it is resumed. A canary step that was reached is often shown like this. */
  | { kind: 'paused'; reason: string | null }
  | { kind: 'failed'; reason: string };

/**
 * Percent of traffic on a version, by what the target says. The weight of another candidate is nothing to this
 * version: of it a target that has it neither as candidate nor as stable has no traffic. One that is on both sides has
 * all of it.
 */
export function weightOn(target: TargetState, version: string): number {
  if (target.candidateVersion === version) return target.stableVersion === version ? 100 : target.weight;
  return target.stableVersion === version ? 100 - target.weight : 0;
}

/**
 * Whether a weight is the wanted one. Targets that count in integers are off by up to `tolerance` percentage
 * points, but no traffic and all traffic are exact: neither may be mistaken for a little less or more.
 */
export function isWeightReached(observed: number, wanted: number, tolerance: number): boolean {
  if (observed === wanted) return true;
  const isExact = [observed, wanted].some((weight) => weight <= 0 || weight >= 100);
  return !isExact && Math.abs(observed - wanted) <= tolerance;
}

/** Whether the target has acted on its last command and is not in the middle of it. */
export function isSettled({ generation, status }: TargetState): boolean {
  return hasSeenCommand(generation) && status.kind !== 'progressing';
}

export type TargetVerdict =
  | { kind: 'reached' }
  /** The target says that it could not carry out its command. */
  | { kind: 'failed'; reason: string }
  /** `progress` in a few words; `sentence` says why it is not confirmed, where its weight does not say it. */
  | { kind: 'waiting'; progress: string | null; sentence: string | null };

/**
 * Whether a target shows the result of its command: the weight is the wanted one *and* the target says that it is done.
 * A target that has not seen the command yet has neither succeeded nor failed, whatever it says. `isPause`: it only has to
 * stand still.
 */
export function judgeTarget(
  target: TargetState,
  wanted: { version: string; weight: number; tolerance: number; isPause?: boolean },
): TargetVerdict {
  if (!hasSeenCommand(target.generation)) {
    return { kind: 'waiting', progress: null, sentence: 'The target has not acted on the command.' };
  }
  if (target.status.kind === 'failed') return { kind: 'failed', reason: target.status.reason };
  // Wherever it stands: one that was done before it could be paused stands, too.
  if (wanted.isPause && isSettled(target)) return { kind: 'reached' };
  const observed = weightOn(target, wanted.version);
  return isSettled(target) && isWeightReached(observed, wanted.weight, wanted.tolerance)
    ? { kind: 'reached' }
    : { kind: 'waiting', ...describeWaiting(target) };
}

function hasSeenCommand(generation: TargetState['generation']): boolean {
  return generation === null || generation.seen >= generation.wanted;
}

function describeWaiting(target: TargetState): { progress: string | null; sentence: string | null } {
  const { status } = target;
  if (status.kind === 'paused') {
    const progress = status.reason === null ? 'paused' : `paused: ${status.reason}`;
    return { progress, sentence: `The live system is ${progress}.` };
  }
  const progress = describeProgress(target);
  if (progress !== null) return { progress, sentence: `The live system has not finished: ${progress}.` };
  return { progress, sentence: status.kind === 'progressing' ? 'The live system has not finished.' : null };
}

/** `3 of 10 updated`, `1 of 2 ready`; null when the target does not say, or has nothing left to do. */
function describeProgress({ progress, readiness }: TargetState): string | null {
  if (progress && progress.updated < progress.total)
    return `${progress.updated} of ${progress.total} updated`;
  if (readiness && readiness.ready < readiness.wanted)
    return `${readiness.ready} of ${readiness.wanted} ready`;
  return null;
}
