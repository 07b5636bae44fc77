import { expect, it } from 'vitest';
import { createRunningDrains } from '../../src/jobs/running-drains.ts';

/** A drain whose runs end when they are let go, each with the wait it is given. */
function heldDrain() {
  const runs: { end(wait: number | null): void; fail(): void }[] = [];
  const drain = (_destination: string) =>
    new Promise<number | null>((resolve, reject) => {
      runs.push({ end: resolve, fail: () => reject(new Error('no database')) });
    });
  return { drain, runs };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a destination whose drain runs here is told, and its drain looks once more before it ends', async () => {
  const drains = createRunningDrains();
  const { drain, runs } = heldDrain();
  const ended = drains.track(drain)('C1');
  expect([drains.tell('C1'), drains.tell('C1'), drains.tell('C2')]).toEqual([true, true, false]);
  runs[0]?.end(null);
  await settled();
  expect(runs).toHaveLength(2);
  runs[1]?.end(5_000);
  expect(await ended).toBe(5_000);
  expect(runs).toHaveLength(2);
  expect(drains.tell('C1')).toBe(false);
});

it('what it is told while it looks once more is looked for, too', async () => {
  const drains = createRunningDrains();
  const { drain, runs } = heldDrain();
  const ended = drains.track(drain)('C1');
  for (const more of [true, true, false]) {
    if (more) drains.tell('C1');
    runs.at(-1)?.end(null);
    await settled();
  }
  await ended;
  expect(runs).toHaveLength(3);
});

it('a drain that failed is told nothing any more', async () => {
  const drains = createRunningDrains();
  const { drain, runs } = heldDrain();
  const ended = drains.track(drain)('C1');
  drains.tell('C1');
  runs[0]?.fail();
  await expect(ended).rejects.toThrow('no database');
  expect(runs).toHaveLength(1);
  expect(drains.tell('C1')).toBe(false);
});

it('of two drains of a destination, the end of the older does not hide the younger', async () => {
  const drains = createRunningDrains();
  const { drain, runs } = heldDrain();
  const run = drains.track(drain);
  const older = run('C1');
  const younger = run('C1');
  runs[0]?.end(null);
  await older;
  expect(drains.tell('C1')).toBe(true);
  runs[1]?.end(null);
  await settled();
  runs[2]?.end(null);
  await younger;
  expect(drains.tell('C1')).toBe(false);
});
