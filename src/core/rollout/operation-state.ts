/**
 * What an operation does to its target.
 * - `promote`: more traffic to the new version, up to a phase.
 * - `rollback`: all traffic back, and the release is rolled back.
 * - `abort`: all traffic back, and the rollout may begin again with its first phase.
 * - `pause`: the target stops in the middle of a promotion; `resume`: it goes on with it.
 */
export const operationKinds = ['promote', 'rollback', 'abort', 'pause', 'resume'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** What ends with more traffic on the new version. */
export function isForward(kind: OperationKind): boolean {
  return kind === 'promote' || kind === 'resume';
}

/**
 * An operation's life.
 * - `confirmed`: requested by someone with the right, and committed.
 * - `running`: the driver is being called; the call may or may not have reached the target.
 * - `verifying`: the target took the command and is read until it shows the result, or its deadline has passed.
 * - `succeeded`: the target shows what was requested, and says that it is done.
 * - `not_taken`: the target took the command and does not show the result within its deadline.
 * - `failed`: the target did not take the command, or says itself that it failed.
 * - `cancelled`: a rollback, an abort or a pause took its place.
 * - `recorded`: it happened without tminus, and a person says so; nothing was read from a target.
 */
export const operationStates = [
  'confirmed',
  'running',
  'verifying',
  'succeeded',
  'not_taken',
  'failed',
  'cancelled',
  'recorded',
] as const;
export type OperationState = (typeof operationStates)[number];

const next = {
  confirmed: ['running', 'cancelled'],
  running: ['verifying', 'failed', 'cancelled'],
  verifying: ['succeeded', 'not_taken', 'failed', 'cancelled'],
  succeeded: [],
  not_taken: [],
  failed: [],
  cancelled: [],
  recorded: [],
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
