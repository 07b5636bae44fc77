import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../src/lib/side-by-side.ts';

const { signal: stopping } = new AbortController();

describe('work side by side', () => {
  it('takes each item once, at most so many at a time', async () => {
    const taken: number[] = [];
    let running = 0;
    let most = 0;
    await sideBySide([1, 2, 3, 4, 5], { atMost: 2, stopping }, async (item) => {
      running += 1;
      most = Math.max(most, running);
      taken.push(item);
      await Promise.resolve();
      running -= 1;
    });
    expect(taken).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('goes on beside an item that hangs', async () => {
    const done: number[] = [];
    let release = () => {};
    const all = sideBySide([1, 2, 3], { atMost: 2, stopping }, async (item) => {
      if (item === 1) await new Promise<void>((resolve) => (release = resolve));
      done.push(item);
      if (item === 3) release();
    });
    await all;
    expect(done).toEqual([2, 3, 1]);
  });

  it('goes on after a failure, and throws it at the end', async () => {
    const done: number[] = [];
    const all = sideBySide([1, 2, 3], { atMost: 1, stopping }, async (item) => {
      if (item === 1) throw new Error('the first');
      done.push(item);
    });
    await expect(all).rejects.toThrow('the first');
    expect(done).toEqual([2, 3]);
  });

  it('takes nothing more when it is to stop', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    await sideBySide([1, 2, 3], { atMost: 1, stopping: stop.signal }, async (item) => {
      done.push(item);
      stop.abort();
    });
    expect(done).toEqual([1]);
  });
});
