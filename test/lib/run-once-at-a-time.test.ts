import { describe, expect, it } from 'vitest';
import { runOnceAtATime } from '../../src/lib/run-once-at-a-time.ts';

/** Work whose runs the test ends one by one. */
function controlledWork() {
  const ends: { finish: () => void; fail: (error: Error) => void }[] = [];
  const run = runOnceAtATime(
    () =>
      new Promise<void>((finish, fail) => {
        ends.push({ finish, fail });
      }),
  );
  return { ends, run };
}

describe('runOnceAtATime', () => {
  it('starts at once when nothing runs', async () => {
    const { ends, run } = controlledWork();
    const running = run();
    expect(ends).toHaveLength(1);
    ends[0]?.finish();
    await running;
  });

  it('runs once more for all that call during a run, after it', async () => {
    const { ends, run } = controlledWork();
    const first = run();
    const waiting = [run(), run(), run()];
    expect(ends).toHaveLength(1);
    ends[0]?.finish();
    await first;
    await Promise.resolve();
    expect(ends).toHaveLength(2);
    ends[1]?.finish();
    await Promise.all(waiting);
    expect(ends).toHaveLength(2);
  });

  it('runs again after a run that failed, and tells only its own caller', async () => {
    const { ends, run } = controlledWork();
    const first = run();
    const second = run();
    ends[0]?.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await Promise.resolve();
    ends[1]?.finish();
    await expect(second).resolves.toBeUndefined();
  });

  it('starts anew for a call after the end', async () => {
    const { ends, run } = controlledWork();
    const first = run();
    ends[0]?.finish();
    await first;
    const second = run();
    expect(ends).toHaveLength(2);
    ends[1]?.finish();
    await second;
  });
});
