import type { Json } from '../../src/core/audit/canonical-json.ts';
import type { TargetState } from '../../src/core/rollout/target-state.ts';
import type { DeploymentDriver, DriverCommands } from '../../src/services/ports/deployment-driver.ts';

const target = (version: string) => ({ name: 'target', version });

/** Reads the target, which rolls out 2.4.0 unless said otherwise. */
export function observe(driver: DeploymentDriver, version = '2.4.0'): Promise<TargetState> {
  return driver.observe({ target: target(version), operation: null });
}

export function setWeight(
  driver: DeploymentDriver,
  {
    weight,
    operationId = `to-${weight}`,
    version = '2.4.0',
  }: { weight: number; operationId?: string; version?: string },
): Promise<Json | null> {
  const { setWeight: command } = driver.commands;
  if (!command) throw new Error('this driver sets no weights');
  const operation = { id: operationId, returned: null };
  return command.run({ target: target(version), operation, weight });
}

/** Goes one step on, of those that the target has. */
export function promoteStep(
  driver: DeploymentDriver,
  {
    weight,
    operationId = `to-${weight}`,
    version = '2.4.0',
  }: { weight: number; operationId?: string; version?: string | undefined },
): Promise<Json | null> {
  const { promoteStep: command } = driver.commands;
  if (!command) throw new Error('this driver has no steps');
  const operation = { id: operationId, returned: null };
  return command.run({ target: target(version), operation, weight });
}

/** Gives a command that needs nothing but its target. */
export function command(
  driver: DeploymentDriver,
  name: Exclude<keyof DriverCommands, 'setWeight' | 'promoteStep'>,
  operationId: string = name,
  version = '2.4.0',
): Promise<Json | null> {
  const found = driver.commands[name];
  if (!found) throw new Error(`this driver has no ${name}`);
  return found.run({ target: target(version), operation: { id: operationId, returned: null } });
}

export function rollBack(driver: DeploymentDriver, operationId = 'back'): Promise<Json | null> {
  return command(driver, 'rollBack', operationId);
}
