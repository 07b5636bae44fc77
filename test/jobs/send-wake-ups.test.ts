import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/db/log.ts';
import { backOffMs } from '../../src/jobs/back-off.ts';
import { parseDestination } from '../../src/jobs/destination.ts';
import type { Wake } from '../../src/jobs/queue/wake-queue.ts';
import { createWakeUps, horizonMs } from '../../src/jobs/send-wake-ups.ts';
import type { WakeUp } from '../../src/services/wake-ups.ts';

const clock: Clock = {
  now: () => 0,
  wall: () => 0,
  delayUntil: (instant) => Math.max(0, instant),
  instantAfter: (ms) => ms,
  onChange: () => () => undefined,
};

/** What the queue is given for wake-ups. */
async function queued(wakeUps: WakeUp[]): Promise<[string, readonly Wake[]][]> {
  const given: [string, readonly Wake[]][] = [];
  const queue = {
    wakeMany: async (name: string, wakes: readonly Wake[]) => void given.push([name, wakes]),
  };
  await createWakeUps({ queue, clock, log: silentLog }).send(wakeUps);
  return given;
}

describe('sending wake-ups', () => {
  const timer = (dueAt: number): WakeUp => ({ job: 'timer', timerId: 't', revision: 3, dueAt });

  it('wakes the timers of one instant with one job, named after the instant', async () => {
    const other: WakeUp = { job: 'timer', timerId: 'u', revision: 1, dueAt: 5_000 };
    expect(await queued([timer(5_000), other, timer(6_000)])).toEqual([
      [
        'timers',
        [
          { id: 'due', jobId: 'due-5000', delayMs: 5_000 },
          { id: 'due', jobId: 'due-6000', delayMs: 6_000 },
        ],
      ],
    ]);
  });

  it('looks once more at once for what is due already, even while it is looking', async () => {
    expect(await queued([timer(0), timer(0)])).toEqual([['timers', [{ id: 'due', coalesce: true }]]]);
  });

  it('leaves to the planner what is due after the horizon', async () => {
    expect(await queued([timer(horizonMs + 1)])).toEqual([]);
    expect(await queued([timer(horizonMs)])).toHaveLength(1);
  });

  it('coalesces what is woken by destination or release, and gives each queue its batch at once', async () => {
    const wakeUps: WakeUp[] = [
      { job: 'delivery', destination: 'slack:channel:C1' },
      { job: 'card', destination: 'slack:channel:C1', delayMs: 700 },
      { job: 'delivery', destination: 'slack:channel:C2' },
      { job: 'operation', releaseId: 'r' },
    ];
    expect(await queued(wakeUps)).toEqual([
      [
        'deliveries',
        [
          { id: 'slack:channel:C1', coalesce: true },
          { id: 'slack:channel:C2', coalesce: true },
        ],
      ],
      ['cards', [{ id: 'slack:channel:C1', coalesce: true, delayMs: 700 }]],
      ['operations', [{ id: 'r', coalesce: true }]],
    ]);
  });

  it('neither throws nor waits when the queue is away', async () => {
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
    const queue = { wakeMany: () => Promise.reject(new Error('away')) };
    await createWakeUps({ queue, clock, log }).send([timer(0)]);
    await Promise.resolve();
    expect(warnings).toEqual([expect.stringContaining('the sweep will find it')]);
  });
});

describe('backOffMs', () => {
  it('doubles from one second to a minute', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempts) => backOffMs(attempts, () => 0));
    expect(waits).toEqual([1, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  it('adds up to a quarter, so that not all come back at once', () => {
    expect(backOffMs(1, () => 0.999)).toBeGreaterThan(1_240);
    expect(backOffMs(1, () => 0.999)).toBeLessThanOrEqual(1_250);
  });
});

describe('parseDestination', () => {
  it.each([
    ['slack:channel:C1', { platform: 'slack', kind: 'channel', id: 'C1' }],
    ['slack:person:U1', { platform: 'slack', kind: 'person', id: 'U1' }],
    ['slack:home:U1', { platform: 'slack', kind: 'home', id: 'U1' }],
    ['teams:channel:19', { platform: 'teams', kind: 'channel', id: '19' }],
  ])('reads %s', (written, destination) => {
    expect(parseDestination(written)).toEqual(destination);
  });

  it.each(['', 'slack', 'slack:channel', 'slack:channel:', 'irc:channel:C1', 'slack:group:C1'])(
    'refuses "%s"',
    (written) => {
      expect(() => parseDestination(written)).toThrow(/not a destination/);
    },
  );
});
