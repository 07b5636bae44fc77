import {
  type CommandCall,
  type DeploymentDriver,
  type DriverCommands,
  DriverError,
} from '../../../../src/services/ports/deployment-driver.ts';
import { findTarget, type IntegerWeightsTarget, totalWeight } from './integer-weights-target.ts';
import type { IntegerWeightsSettings } from './schema.ts';

/** Minutes, as an orchestrator takes that starts one instance after the other. */
const deadlineMs = 10 * 60_000;

/** A driver that keeps nothing: neither weights nor operations. */
export function createIntegerWeightsDriver({ proxy, without }: IntegerWeightsSettings): DeploymentDriver {
  const carryOut = (call: CommandCall, command: (target: IntegerWeightsTarget) => void) => {
    const target = findTarget(proxy);
    if (target.behaviour === 'unreachable') throw new DriverError("The proxy can't be reached.");
    if (target.behaviour === 'refusing') throw new DriverError('The proxy refuses commands.');
    if (target.behaviour !== 'not-taking') command(target);
    if (target.behaviour === 'late') throw new DriverError('The proxy did not answer in time.');
    return Promise.resolve({ givenFor: call.operation.id });
  };
  const simple = (command: (target: IntegerWeightsTarget) => void) => ({
    deadlineMs,
    run: async (call: CommandCall) => carryOut(call, command),
  });
  const commands: Omit<DriverCommands, 'promoteStep'> = {
    setWeight: {
      deadlineMs,
      run: async (call) => {
        const counted = toCounted(call);
        return carryOut(call, (target) => target.setWeight(counted));
      },
    },
    promote: simple((target) => target.setWeight(totalWeight)),
    rollBack: simple((target) => target.setWeight(0)),
    abort: simple((target) => target.setWeight(0)),
    pause: simple((target) => target.pause()),
    resume: simple((target) => target.resume()),
  };
  return {
    observe: async () => {
      const target = findTarget(proxy);
      if (target.behaviour === 'unreachable') throw new DriverError("The proxy can't be reached.");
      return target.state();
    },
    weightTolerance: 100 / totalWeight / 2,
    commands: Object.fromEntries(
      Object.entries(commands).filter(([name]) => !without.some((missing) => missing === name)),
    ),
  };
}

function toCounted({ target, weight }: CommandCall & { weight: number }): number {
  if (target.version !== '2.4.0') throw new DriverError(`${target.version} is not the candidate.`);
  if (!(weight >= 0 && weight <= 100)) throw new DriverError('The weight must be 0 to 100.');
  return Math.round((weight / 100) * totalWeight);
}
