import { describe, expect, it } from 'vitest';
import type { DeploymentDriver, DriverCommands } from '../../../src/services/ports/deployment-driver.ts';
import { chooseCommand, explainMissingCommand } from '../../../src/services/rollout/choose-command.ts';
import { createMemoryDriver } from '../../drivers/memory-driver.ts';

const call = { target: { name: 'web', version: '2.4.0' }, operation: { id: 'one', returned: null } };
const to = (toPercent: number) => ({ kind: 'promote', toPercent }) as const;

/** A driver with some commands, and what it was given. */
function driverWith(names: readonly (keyof DriverCommands)[], change: Partial<DeploymentDriver> = {}) {
  const given: string[] = [];
  const give = (name: string) => ({
    deadlineMs: 1_000,
    run: async ({ weight }: { weight?: number }) => {
      given.push(weight === undefined ? name : `${name} ${weight}`);
      return null;
    },
  });
  const commands = Object.fromEntries(names.map((name) => [name, give(name)]));
  const memory = createMemoryDriver({ stableVersion: '2.3.0', candidateVersion: '2.4.0' });
  const driver: DeploymentDriver = { ...memory, commands, ...change };
  return { driver, given, memory };
}

describe('the command for a share of traffic', () => {
  it.each([
    [['setWeight', 'rollBack'], 10, 'setWeight 10'],
    [['setWeight', 'promote'], 100, 'promote'],
    [['setWeight', 'promoteStep'], 10, 'setWeight 10'],
    [['promoteStep', 'promote'], 10, 'promoteStep 10'],
    [['promoteStep'], 100, 'promoteStep 100'],
    [['promote', 'rollBack'], 100, 'promote'],
  ] as const)('of a target with %j to %s %% is %s', async (names, percent, expected) => {
    const { driver, given } = driverWith(names);
    await chooseCommand(driver, to(percent))?.run(call);
    expect(given).toEqual([expected]);
  });

  it.each([
    [['promote', 'rollBack'], 10],
    [['rollBack'], 100],
    [['rollBack'], 0],
  ] as const)('of a target with %j to %s %% does not exist', (names, percent) => {
    expect(chooseCommand(driverWith(names).driver, to(percent))).toBeNull();
  });

  it('is refused with the nearest one where the target can not have it', () => {
    const { driver } = driverWith(['setWeight']);
    if (driver.commands.setWeight)
      driver.commands.setWeight.nearestWeight = (weight) => Math.round(weight / 10) * 10;
    expect(chooseCommand(driver, to(30))).not.toBeNull();
    expect(chooseCommand(driver, to(26))).toBeNull();
    expect(explainMissingCommand('web', to(26), driver)).toBe(
      'The target "web" can\'t be set to 26 % by tminus: the nearest is 30 %. Change the phases of the plan, or promote it there by hand.',
    );
  });
});

describe('no traffic, where a target has no shares', () => {
  it('is for a version that is deployed and waits', async () => {
    const { driver, given } = driverWith(['promote', 'rollBack']);
    expect(await chooseCommand(driver, to(0))?.run(call)).toBeNull();
    expect(given).toEqual([]);
  });

  it('is refused for one that is not deployed', async () => {
    const { driver, memory } = driverWith(['promote', 'rollBack']);
    memory.target.candidateVersion = null;
    await expect(chooseCommand(driver, to(0))?.run(call)).rejects.toThrow(
      '2.4.0 is not deployed: the target has nothing besides the version before.',
    );
  });
});
