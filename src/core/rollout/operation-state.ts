/**
 * An operation's life.
 * - `confirmed`: asked for by someone with the right, and committed.
 * - `running`: the driver is being called; the call may or may not have reached the target.
 * - `verifying`: the driver took the command; the target is being read again.
 * - `succeeded`: the target shows what was asked for.
 * - `not_taken`: the driver took the command, the target does not show it.
 * - `failed`: the driver could not be made to take the command.
 * - `cancelled`: a rollback took its place.
 */
export const operationStates = [
  'confirmed',
  'running',
  'verifying',
  'succeeded',
  'not_taken',
  'failed',
  'cancelled',
] as const;
export type OperationState = (typeof operationStates)[number];

const next = {
  confirmed: ['running', 'cancelled'],
  running: ['verifying', 'failed', 'cancelled'],
  verifying: ['succeeded', 'not_taken', 'cancelled'],
  succeeded: [],
  not_taken: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<OperationState, readonly OperationState[]>;

/** A state that nothing follows. */
export type FinalOperationState = {
  [State in OperationState]: (typeof next)[State] extends readonly [] ? State : never;
}[OperationState];

/** Whether an operation may move from one state to another. */
export function canMoveOperation(from: OperationState, to: OperationState): boolean {
  const allowed: readonly OperationState[] = next[from];
  return allowed.includes(to);
}

/** Whether nothing more will happen to an operation in this state. */
export function isFinalOperation(state: OperationState): state is FinalOperationState {
  return next[state].length === 0;
}
