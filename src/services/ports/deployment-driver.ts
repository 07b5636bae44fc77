import type { Json } from '../../core/audit/canonical-json.ts';
import type { TargetState } from '../../core/rollout/target-state.ts';

/** What a call is about. */
export interface DeploymentTarget {
  /** Its name under `drivers` in the configuration. */
  name: string;
  /** The version that is rolled out. A target that can't tell versions takes it as that of its candidate. */
  version: string;
}

/** The operation for which a command is given; it outlives the process. */
export interface OperationHandle {
  /** The same whenever the command is given again. */
  id: string;
  /** What the driver returned for this operation before, such as the id of a job that it started; null at first. */
  returned: Json | null;
}

export interface CommandCall {
  target: DeploymentTarget;
  operation: OperationHandle;
}

/** One command that a target has. */
export interface DriverCommand<Call extends CommandCall = CommandCall> {
  /** Within how many milliseconds a target that took the command shows its result: seconds, or many minutes. */
  deadlineMs: number;
  /**
   * Gives the command. A returned promise means that the target took it, not that it worked: `observe` says that.
   * Returns what the driver wants to be given again, or null. The same command may be given again when it is not
   * known whether it arrived; either it is idempotent, or the driver checks first.
   * @throws DriverError when the target can't be reached or refuses.
   */
  run(call: Call): Promise<Json | null>;
}

/** What targets can do; each has some of these. */
export interface DriverCommands {
  /** Sends `weight` percent (0 to 100) of traffic to the target's version. */
  setWeight: DriverCommand<CommandCall & { weight: number }> & {
    /** The share nearest to a weight that the target can have, known without asking it; left out where it can have each. */
    nearestWeight?(weight: number): number;
  };
  /**
   * Goes one step on, where the steps are the target's own. The driver refuses unless that step brings `weight` percent,
   * and does nothing when the target has them already.
   */
  promoteStep: DriverCommand<CommandCall & { weight: number }>;
  /** Sends all traffic to the target's version, without the steps between. */
  promote: DriverCommand;
  /** Stops in the middle of what the target is doing, until `resume`. */
  pause: DriverCommand;
  resume: DriverCommand;
  /** Gives up what the target is doing; traffic goes back to the stable version. */
  abort: DriverCommand;
  /** Sends all traffic back to the version before, also after a full promotion. */
  rollBack: DriverCommand;
}

/** Drives one target. It keeps nothing in memory that an operation needs after a restart. */
export interface DeploymentDriver {
  /** @throws DriverError when the target can't be reached, or answers with something that is not its state. */
  observe(call: { target: DeploymentTarget; operation: OperationHandle | null }): Promise<TargetState>;
  /** By how many percentage points a weight may be off: half of the target's smallest step, 0 where it is exact. */
  weightTolerance: number;
  /** The commands that the target has. What is missing is refused before anything is done. */
  commands: Partial<DriverCommands>;
  /**
   * The settings say which instances are the stable side and which the candidate. What a release brings traffic to is
   * then that side, whatever version its instances come to tell; left out where the target itself goes by versions.
   */
  hasNamedSides?: true;
}

/** The target could not be reached or answered with an error; `message` carries no secrets. */
export class DriverError extends Error {
  override name = 'DriverError';
}
