import { expect, it } from 'vitest';
import { createRunningDrains } from '../../../src/jobs/outbox/running-drains.ts';

/** A drain whose runs end when they are let go, each with the wait it is given. */
function heldDrain() {
  const runs: { end(wait: number | null): void; fail(): void }[] = [];
  const drain = (_destination: string) =>
    new Promise<number | null>((resolve, reject) => {
      runs.push({ end: resolve, fail: () => reject(new Error('no database')) });
    });
  return { drain, runs };
}

/** What runs, and what is handed over. */
function open() {
  const stopping = new AbortController();
  const drains = createRunningDrains(stopping.signal);
  const { drain, runs } = heldDrain();
  const handedOver: string[] = [];
  const run = drains.track(drain, (destination) => {
    // By then nobody here would look.
    expect(drains.tell(destination)).toBe(false);
    handedOver.push(destination);
  });
  return { drains, runs, run, handedOver, stop: () => stopping.abort() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a destination whose drain runs here is told, and its drain looks once more before it ends', async () => {
  const { drains, runs, run, handedOver } = open();
  const ended = run('C1');
  expect([drains.tell('C1'), drains.tell('C1'), drains.tell('C2')]).toEqual([true, true, false]);
  runs[0]?.end(null);
  await settled();
  expect(runs).toHaveLength(2);
  runs[1]?.end(5_000);
  expect(await ended).toBe(5_000);
  expect(runs).toHaveLength(2);
  expect(drains.tell('C1')).toBe(false);
  expect(handedOver).toEqual([]);
});

it('what it is told while it looks once more is looked for, too', async () => {
  const { drains, runs, run } = open();
  const ended = run('C1');
  for (const more of [true, true, false]) {
    if (more) drains.tell('C1');
    runs.at(-1)?.end(null);
    await settled();
  }
  await ended;
  expect(runs).toHaveLength(3);
});

it('what a drain was told of is handed over when it fails, at once or while it looks once more', async () => {
  const { drains, runs, run, handedOver } = open();
  const first = run('C1');
  drains.tell('C1');
  runs[0]?.fail();
  await expect(first).rejects.toThrow('no database');
  expect(handedOver).toEqual(['C1']);
  const second = run('C2');
  drains.tell('C2');
  runs[1]?.end(5_000);
  await settled();
  runs[2]?.fail();
  await expect(second).rejects.toThrow('no database');
  expect(handedOver).toEqual(['C1', 'C2']);
});

it('a drain that fails and was told of nothing hands nothing over', async () => {
  const { runs, run, handedOver } = open();
  const ended = run('C1');
  runs[0]?.fail();
  await expect(ended).rejects.toThrow('no database');
  expect(handedOver).toEqual([]);
});

it('a process that stops takes nothing more upon itself, and hands over what it was told of', async () => {
  const { drains, runs, run, handedOver, stop } = open();
  const ended = [run('C1'), run('C2'), run('C3')];
  drains.tell('C1');
  drains.tell('C2');
  runs[1]?.end(null);
  await settled();
  stop();
  expect(drains.tell('C3')).toBe(false);
  for (const held of runs) held.end(null);
  await Promise.all(ended);
  expect(runs).toHaveLength(4);
  expect(handedOver.toSorted()).toEqual(['C1', 'C2']);
});

it('of two drains of a destination, the end of the older does not hide the younger', async () => {
  const { drains, runs, run } = open();
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
