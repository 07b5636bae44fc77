/** What the target of a rollout really does, read from it just now. */
export interface TargetState {
  /** Share of traffic on the new version, in percent, 0 to 100. */
  weight: number;
  stableVersion: string;
  /** The version that receives `share` percent; null when none is deployed. */
  candidateVersion: string | null;
}

/**
 * A deployment driver. Every call is idempotent: setting the share that is already there changes
 * nothing. A returned promise means that the command was taken, not that it worked: read `observe`.
 */
export interface DeploymentDriver {
  observe(): Promise<TargetState>;
  /** Sends `share` percent (0 to 100) of traffic to `version`. */
  setWeight(command: { version: string; weight: number; operationId: string }): Promise<void>;
  /** Sends all traffic back to the stable version. */
  rollBack(command: { operationId: string }): Promise<void>;
}

/**
 * Percent of traffic on a version, by what the target says. The share of another candidate is nothing to this
 * version: of it a target that has it neither as candidate nor as stable has no traffic.
 */
export function weightOn(target: TargetState, version: string): number {
  if (target.candidateVersion === version) return target.weight;
  return target.stableVersion === version ? 100 - target.weight : 0;
}

/** The target could not be reached or answered with an error; `message` carries no secrets. */
export class DriverError extends Error {
  override name = 'DriverError';
}
