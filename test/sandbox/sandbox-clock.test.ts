import { expect, test } from 'vitest';
import { followClock, SandboxClock } from '../../sandbox/sandbox-clock.ts';

const START = Date.parse('2026-12-01T08:00:00Z');

/** A clock on a machine whose time is moved by hand. */
function makeClock(rate = 1) {
  const wall = { ms: 1_000_000 };
  const clock = new SandboxClock({ startMs: START, rate, wall: () => wall.ms });
  return { clock, wall };
}

test('it runs at its rate from its start', () => {
  const { clock, wall } = makeClock(60);
  wall.ms += 1_000;
  expect(clock.now()).toBe(START + 60_000);
  expect(clock.delayUntil(START + 120_000)).toBe(1_000);
  expect(clock.delayUntil(START)).toBe(0);
  expect(clock.instantAfter(1_000)).toBe(START + 120_000);
  expect(clock.wall()).toBe(wall.ms);
});

test('a change of rate carries the instant over', () => {
  const { clock, wall } = makeClock(10);
  wall.ms += 1_000;
  clock.setRate(100);
  expect(clock.now()).toBe(START + 10_000);
  wall.ms += 1_000;
  expect(clock.now()).toBe(START + 110_000);
});

test('paused it stands still, and nothing becomes due', () => {
  const { clock, wall } = makeClock();
  clock.pause();
  wall.ms += 5_000;
  expect(clock.now()).toBe(START);
  expect(clock.delayUntil(START + 1)).toBe(2_147_483_647);
  expect(clock.instantAfter(5_000)).toBe(START);
  clock.resume();
  wall.ms += 1_000;
  expect(clock.now()).toBe(START + 1_000);
});

test('it jumps forward only, and takes sensible rates only', () => {
  const { clock } = makeClock();
  clock.jumpTo(START + 86_400_000);
  expect(clock.now()).toBe(START + 86_400_000);
  expect(() => clock.jumpTo(START)).toThrow('forward only');
  expect(() => clock.jumpTo(Number.NaN)).toThrow(RangeError);
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => clock.setRate(rate)).toThrow(RangeError);
  }
});

test('a machine whose time goes back does not take the clock with it', () => {
  const { clock, wall } = makeClock();
  wall.ms -= 60_000;
  expect(clock.now()).toBe(START);
});

test('listeners hear of each change until they leave', () => {
  const { clock } = makeClock();
  let heard = 0;
  const leave = clock.onChange(() => {
    heard += 1;
  });
  clock.setRate(2);
  clock.pause();
  clock.jumpTo(START + 1);
  expect(heard).toBe(3);
  leave();
  clock.resume();
  expect(heard).toBe(3);
});

test('a followed clock shows the same time, from state to state', () => {
  const { clock, wall } = makeClock(1000);
  const followed = followClock(clock.state(), () => wall.ms);
  let heard = 0;
  followed.onChange(() => {
    heard += 1;
  });
  wall.ms += 250;
  expect(followed.now()).toBe(clock.now());
  clock.jumpTo(START + 1_000_000);
  clock.setRate(10);
  followed.apply(clock.state());
  wall.ms += 1_000;
  expect(followed.now()).toBe(clock.now());
  expect(heard).toBe(1);
});

test('restored, it goes on from the instant as if no time had passed', () => {
  const { clock, wall } = makeClock();
  const state = clock.state();
  wall.ms += 3_600_000;
  clock.restore(state);
  expect(clock.now()).toBe(START);
});
