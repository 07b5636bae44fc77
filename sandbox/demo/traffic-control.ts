import type { DemoSettingsStore } from './demo-settings.ts';

/** How many operations are remembered, to recognise one that arrives again. */
const rememberedOperations = 500;

export type ControlResult =
  | { kind: 'done' }
  | { kind: 'refused'; code: 'unknown-version' | 'operation-reused'; message: string };

/**
 * Sets the candidate's weight. An operation that was already carried out is answered as done and not done
 * again, even when another one came in between: a late copy of a promote must not undo a rollback.
 */
export function setWeight(
  settings: DemoSettingsStore,
  command: { version: string; weight: number; operationId: string },
): ControlResult {
  const { candidateVersion } = settings.current();
  if (command.version !== candidateVersion) {
    const message = `Version ${command.version} is not deployed as the candidate; ${candidateVersion} is.`;
    return { kind: 'refused', code: 'unknown-version', message };
  }
  return carryOut(settings, {
    operationId: command.operationId,
    command: `weight ${command.version} ${command.weight}`,
    weight: command.weight,
  });
}

/** Sends all traffic back to the stable version; repeated operations as for `setWeight`. */
export function rollBack(settings: DemoSettingsStore, command: { operationId: string }): ControlResult {
  return carryOut(settings, { operationId: command.operationId, command: 'rollback', weight: 0 });
}

function carryOut(
  settings: DemoSettingsStore,
  operation: { operationId: string; command: string; weight: number },
): ControlResult {
  const { operationId, command, weight } = operation;
  const { operations } = settings.current();
  const earlier = operations.find((each) => each.operationId === operationId);
  if (earlier === undefined) {
    const remembered = [...operations, { operationId, command }].slice(-rememberedOperations);
    settings.update({ weight, operations: remembered });
    return { kind: 'done' };
  }
  if (earlier.command === command) return { kind: 'done' };
  const message = `Operation ${operationId} was already used for another command.`;
  return { kind: 'refused', code: 'operation-reused', message };
}
