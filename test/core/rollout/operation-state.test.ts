import { describe, expect, it } from 'vitest';
import {
  canMoveOperation,
  isFinalOperation,
  type OperationState,
  operationStates,
} from '../../../src/core/rollout/operation-state.ts';

/** A column for each state it may move to; an x where it may. */
const moves: Record<OperationState, string> = {
  //              confirmed running verifying succeeded not_taken failed cancelled recorded
  confirmed: '. x . . . . x .',
  running: '. . x . . x x .',
  verifying: '. . . x x x x .',
  succeeded: '. . . . . . . .',
  not_taken: '. . . . . . . .',
  failed: '. . . . . . . .',
  cancelled: '. . . . . . . .',
  recorded: '. . . . . . . .',
};

const pairs = operationStates.flatMap((from) =>
  operationStates.map((to, column) => ({ from, to, may: moves[from].split(' ')[column] === 'x' })),
);

describe('the life of an operation', () => {
  it.each(pairs)('$from to $to: $may', ({ from, to, may }) => {
    expect(canMoveOperation(from, to)).toBe(may);
  });

  it.each(operationStates)('%s is final when nothing follows', (state) => {
    expect(isFinalOperation(state)).toBe(!moves[state].includes('x'));
  });

  it('never says it succeeded before the target was read', () => {
    const before = operationStates.filter((state) => canMoveOperation(state, 'succeeded'));
    expect(before).toEqual(['verifying']);
  });
});
