import { describe, expect, it, vi } from 'vitest';
import { groupCalls } from '../../../src/jobs/outbox/group-calls.ts';

/** A function whose runs are ended one by one; what each run was asked is in `runs`. */
function heldRuns(most = 10) {
  const runs: string[][] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const call = groupCalls(
    (inputs: readonly string[]) =>
      new Promise<string[]>((resolve, reject) => {
        runs.push([...inputs]);
        ends.push((failure) => (failure ? reject(failure) : resolve(inputs.map((input) => `${input}!`))));
      }),
    { keyOf: (input) => input.slice(0, 1), most },
  );
  /** Waits until so many runs have begun. */
  const begun = (count: number) => vi.waitFor(() => expect(runs).toHaveLength(count), { interval: 1 });
  const endNext = (failure?: Error) => ends.shift()?.(failure);
  return { runs, call, begun, endNext };
}

describe('calls in groups', () => {
  it('are made together when they come at the same moment, in the order of their keys', async () => {
    const { runs, call, begun, endNext } = heldRuns();
    const answers = Promise.all([call('b'), call('a')]);
    await begun(1);
    endNext();
    expect(runs).toEqual([['a', 'b']]);
    expect(await answers).toEqual(['b!', 'a!']);
  });

  it('wait for the run that is under way, and are made together after it', async () => {
    const { runs, call, begun, endNext } = heldRuns();
    const first = call('a');
    await begun(1);
    const later = Promise.all([call('b'), call('c')]);
    expect(runs).toEqual([['a']]);
    endNext();
    expect(await first).toBe('a!');
    await begun(2);
    expect(runs).toEqual([['a'], ['b', 'c']]);
    endNext();
    expect(await later).toEqual(['b!', 'c!']);
  });

  it('of one key are never in one run, and keep their order', async () => {
    const { runs, call, begun, endNext } = heldRuns();
    const answers = Promise.all([call('a1'), call('a2'), call('b1')]);
    await begun(1);
    endNext();
    await begun(2);
    endNext();
    expect(runs).toEqual([['a1', 'b1'], ['a2']]);
    expect(await answers).toEqual(['a1!', 'a2!', 'b1!']);
  });

  it('are no more in one run than are allowed', async () => {
    const { runs, call, begun, endNext } = heldRuns(2);
    const answers = Promise.all(['a', 'b', 'c'].map(call));
    await begun(1);
    endNext();
    await begun(2);
    endNext();
    expect(runs).toEqual([['a', 'b'], ['c']]);
    await answers;
  });

  it('are made one by one when a run fails, so that only the one to blame fails', async () => {
    const asked: string[][] = [];
    const call = groupCalls(
      async (inputs: readonly string[]) => {
        asked.push([...inputs]);
        if (inputs.includes('bad')) throw new Error('bad');
        return inputs;
      },
      { keyOf: (input) => input, most: 10 },
    );
    const outcomes = await Promise.allSettled(['good', 'bad', 'other'].map(call));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(asked).toEqual([['bad', 'good', 'other'], ['bad'], ['good'], ['other']]);
    expect(await call('good')).toBe('good');
  });
});
