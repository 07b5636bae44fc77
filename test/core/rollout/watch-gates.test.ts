import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../../src/core/rollout/evaluate-gate.ts';
import {
  type GateNews,
  type GateWatch,
  newGateWatch,
  watchGates,
} from '../../../src/core/rollout/watch-gates.ts';
import { gate } from '../../bot/cards/examples.ts';

/** So many seconds after the phase began, these two gates are read: `+` passes, `-` fails, `?` is unknown. */
type Reading = readonly [seconds: number, gates: string];

const states: Record<string, GateResult['state']> = { '+': 'pass', '-': 'fail', '?': 'unknown' };
const gatesOf = (marks: string) =>
  [...marks].map((mark, index) =>
    gate(index === 0 ? 'error-rate' : 'latency-p95', states[mark] ?? 'unknown'),
  );

/** What is told, with the second of each reading that tells something. */
function tell(readings: readonly Reading[], begin: Partial<GateWatch> = {}) {
  let watch: GateWatch = { ...newGateWatch, ...begin };
  const told: [number, ...GateNews[]][] = [];
  for (const [seconds, marks] of readings) {
    const at = seconds * 1000;
    const step = watchGates(watch, { gates: gatesOf(marks), now: at, wall: at });
    watch = step.watch;
    if (step.news.length > 0) told.push([seconds, ...step.news]);
  }
  return { told, watch };
}

describe('gates that fail', () => {
  it.each<[string, Reading[], [number, ...GateNews[]][]]>([
    ['are told at the first reading', [[2, '-+']], [[2, 'failing']]],
    [
      'are told once',
      [
        [2, '-+'],
        [4, '-+'],
        [600, '--'],
      ],
      [[2, 'failing']],
    ],
    [
      'tell nothing while all is well',
      [
        [2, '++'],
        [400, '++'],
        [800, '++'],
      ],
      [],
    ],
    [
      'are told to be well after five minutes of it, once',
      [
        [2, '-+'],
        [4, '++'],
        [303, '++'],
        [304, '++'],
        [306, '++'],
        [900, '++'],
      ],
      [
        [2, 'failing'],
        [304, 'recovered'],
      ],
    ],
    [
      'that flap are one episode',
      [
        [2, '-+'],
        [4, '++'],
        [200, '-+'],
        [202, '++'],
        [400, '+-'],
        [402, '++'],
        [701, '++'],
        [702, '++'],
      ],
      [
        [2, 'failing'],
        [702, 'recovered'],
      ],
    ],
    [
      'that fail again later are news again',
      [
        [2, '-+'],
        [4, '++'],
        [304, '++'],
        [306, '-+'],
      ],
      [
        [2, 'failing'],
        [304, 'recovered'],
        [306, 'failing'],
      ],
    ],
    [
      'are not well while they are unknown',
      [
        [2, '-+'],
        [4, '++'],
        [100, '?+'],
        [102, '++'],
        [304, '++'],
        [401, '++'],
        [402, '++'],
      ],
      [
        [2, 'failing'],
        [402, 'recovered'],
      ],
    ],
    [
      'that have not failed before they are unknown are no failure',
      [
        [2, '?+'],
        [4, '??'],
      ],
      [],
    ],
  ])('%s', (_, readings, told) => {
    expect(tell(readings).told).toEqual(told);
  });

  it('keep the instant at which they began', () => {
    const { watch } = tell([
      [2, '-+'],
      [4, '++'],
      [6, '-+'],
    ]);
    expect(watch.failing).toMatchObject({ since: 2_000, overSinceWall: null });
  });

  it('go on after a clock was set back', () => {
    const { told } = tell([
      [1000, '-+'],
      [1002, '++'],
      [10, '++'],
      [309, '++'],
      [310, '++'],
    ]);
    expect(told).toEqual([
      [1000, 'failing'],
      [310, 'recovered'],
    ]);
  });
});

describe('gates that are unknown', () => {
  it.each<[string, Reading[], [number, ...GateNews[]][]]>([
    [
      'are told after ten minutes of it',
      [
        [2, '?+'],
        [601, '?+'],
        [602, '?+'],
        [604, '?+'],
      ],
      [[602, 'unreadable']],
    ],
    [
      'are not told when one reading came between',
      [
        [2, '?+'],
        [300, '++'],
        [302, '?+'],
        [620, '?+'],
      ],
      [],
    ],
    [
      'are told to be known again',
      [
        [2, '?+'],
        [602, '??'],
        [604, '++'],
        [904, '++'],
        [906, '++'],
      ],
      [
        [602, 'unreadable'],
        [904, 'readable'],
      ],
    ],
    [
      'and fail are told as both',
      [
        [2, '?-'],
        [602, '?-'],
      ],
      [
        [2, 'failing'],
        [602, 'unreadable'],
      ],
    ],
  ])('%s', (_, readings, told) => {
    expect(tell(readings).told).toEqual(told);
  });
});

describe('a phase whose soak is over', () => {
  it.each<[string, Reading[], [number, ...GateNews[]][]]>([
    [
      'is ready with green gates, once',
      [
        [2, '++'],
        [4, '++'],
      ],
      [[2, 'ready']],
    ],
    [
      'waits for gates that are unknown',
      [
        [2, '?+'],
        [30, '?+'],
        [32, '++'],
      ],
      [[32, 'ready']],
    ],
    [
      'is blocked when the measures could not be read for long',
      [
        [2, '?+'],
        [602, '?+'],
        [604, '++'],
        [904, '++'],
      ],
      [
        [602, 'unreadable'],
        [604, 'ready'],
      ],
    ],
    [
      'is ready after a failure once that is over, in one message',
      [
        [2, '-+'],
        [4, '++'],
        [304, '++'],
        [306, '++'],
      ],
      [
        [2, 'failing'],
        [304, 'ready'],
      ],
    ],
  ])('%s', (_, readings, told) => {
    expect(tell(readings, { verdict: 'undecided' }).told).toEqual(told);
  });

  it('is blocked by gates that were told to fail before, once', () => {
    const { watch } = tell([[2, '-+']]);
    const { told } = tell(
      [
        [4, '-+'],
        [6, '-+'],
        [8, '++'],
        [307, '++'],
        [308, '++'],
      ],
      {
        ...watch,
        verdict: 'undecided',
      },
    );
    expect(told).toEqual([
      [4, 'blocked'],
      [308, 'ready'],
    ]);
  });

  it('is blocked by measures of which it was told before that they cannot be read', () => {
    const { watch } = tell([
      [2, '?+'],
      [602, '?+'],
    ]);
    expect(
      tell(
        [
          [604, '?+'],
          [606, '?+'],
        ],
        { ...watch, verdict: 'undecided' },
      ).told,
    ).toEqual([[604, 'blocked']]);
  });
});
