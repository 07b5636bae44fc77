import type { TargetState } from '../../src/core/rollout/target-state.ts';
import { type DeploymentDriver, DriverError } from '../../src/services/ports/deployment-driver.ts';

export interface MemoryDriver extends DeploymentDriver {
  /** The target as it is; change it to play a change made elsewhere. */
  target: TargetState;
  /** Every command that reached the driver, oldest first, repeated and failed ones too. */
  calls: (
    | { kind: 'set-weight'; version: string; weight: number; operationId: string }
    | { kind: 'roll-back'; operationId: string }
  )[];
  /**
   * How the target behaves from now on: `unreachable` fails every call, `refusing` fails commands,
   * `not-taking` reports success and does nothing, `late` does what it is told and fails all the same,
   * as a time-out does.
   */
  behaviour: 'sound' | 'unreachable' | 'refusing' | 'not-taking' | 'late';
}

const deadlineMs = 1_500;

/** A deployment driver over a target in memory; passes the same contract as the real ones. */
export function createMemoryDriver(versions: {
  stableVersion: string;
  candidateVersion: string | null;
}): MemoryDriver {
  const carriedOut = new Map<string, string>();

  const command = (operationId: string, what: string, carryOut: () => void): null => {
    if (driver.behaviour === 'unreachable') throw new DriverError("The target can't be reached.");
    if (driver.behaviour === 'refusing') throw new DriverError('The target refuses commands.');
    if (driver.behaviour === 'not-taking') return null;
    const earlier = carriedOut.get(operationId);
    if (earlier === undefined) carryOut();
    else if (earlier !== what) throw new DriverError(`Operation ${operationId} was another command.`);
    carriedOut.set(operationId, what);
    if (driver.behaviour === 'late') throw new DriverError('The target did not answer within 3 s.');
    return null;
  };

  const driver: MemoryDriver = {
    target: {
      weight: 0,
      ...versions,
      countedWeight: null,
      readiness: null,
      progress: null,
      generation: null,
      status: { kind: 'done' },
    },
    calls: [],
    behaviour: 'sound',
    observe: async () => {
      if (driver.behaviour === 'unreachable') throw new DriverError("The target can't be reached.");
      return { ...driver.target };
    },
    weightTolerance: 0,
    commands: {
      setWeight: {
        deadlineMs,
        run: async ({ target: { version }, operation: { id: operationId }, weight }) => {
          driver.calls.push({ kind: 'set-weight', version, weight, operationId });
          if (version !== driver.target.candidateVersion)
            throw new DriverError(`${version} is not the candidate.`);
          if (!(weight >= 0 && weight <= 100)) throw new DriverError('The weight must be 0 to 100.');
          return command(operationId, `weight ${weight}`, () => {
            driver.target.weight = weight;
          });
        },
      },
      rollBack: {
        deadlineMs,
        run: async ({ operation: { id: operationId } }) => {
          driver.calls.push({ kind: 'roll-back', operationId });
          return command(operationId, 'rollback', () => {
            driver.target.weight = 0;
          });
        },
      },
    },
  };
  return driver;
}
