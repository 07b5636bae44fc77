import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { createWorkNotifier, horizonMs } from '../../../src/jobs/queue/notify-workers.ts';
import type { QueueRequest } from '../../../src/jobs/queue/work-queue.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { WorkItem } from '../../../src/services/ports/work-notifier.ts';

const clock: Clock = {
  now: () => 0,
  wall: () => 0,
  delayUntil: (instant) => Math.max(0, instant),
  instantAfter: (ms) => ms,
  onChange: () => () => undefined,
};

type Given = [string, readonly QueueRequest[]][];

/** A queue that notes what it is given. */
function notingQueue() {
  const given: Given = [];
  return {
    given,
    enqueueMany: async (name: string, requests: readonly QueueRequest[]) => void given.push([name, requests]),
  };
}

/** What the queue is given for work items. */
async function queued(workItems: WorkItem[]): Promise<Given> {
  const queue = notingQueue();
  const notifier = createWorkNotifier({ queue, clock, log: silentLog });
  await notifier.notify(workItems);
  notifier.stop();
  return queue.given;
}

describe('notifying the workers', () => {
  const timer = (dueAt: number): WorkItem => ({ job: 'timer', timerId: 't', revision: 3, dueAt });

  it('enqueues one job for the timers of one instant', async () => {
    const other: WorkItem = { job: 'timer', timerId: 'u', revision: 1, dueAt: 5_000 };
    expect(await queued([timer(5_000), other, timer(6_000)])).toEqual([
      [
        'timers',
        [
          { id: 'due', delayMs: 5_000 },
          { id: 'due', delayMs: 6_000 },
        ],
      ],
    ]);
  });

  it('looks once more at once for what is due already, even while it is looking', async () => {
    expect(await queued([timer(0), timer(0)])).toEqual([['timers', [{ id: 'due' }]]]);
  });

  it('gives the queue together what came while it took something, once for each destination', async () => {
    const queue = notingQueue();
    let take: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    const enqueueMany = async (name: string, requests: readonly QueueRequest[]) => {
      await queue.enqueueMany(name, requests);
      await taken;
    };
    const notifier = createWorkNotifier({ queue: { enqueueMany }, clock, log: silentLog });
    const toChannel = (id: string): WorkItem => {
      return { job: 'delivery', destination: decodeDestination(`slack:channel:${id}`) };
    };
    for (const id of ['C1', 'C2', 'C3', 'C2']) await notifier.notify([toChannel(id)]);
    expect(queue.given).toEqual([['deliveries', [{ id: 'slack:channel:C1' }]]]);
    take();
    await vi.waitFor(() => expect(queue.given).toHaveLength(2));
    expect(queue.given[1]).toEqual(['deliveries', [{ id: 'slack:channel:C2' }, { id: 'slack:channel:C3' }]]);
    notifier.stop();
  });

  it('leaves to the planner what is due after the horizon', async () => {
    expect(await queued([timer(horizonMs + 1)])).toEqual([]);
    expect(await queued([timer(horizonMs)])).toHaveLength(1);
  });

  it('coalesces what is asked for by destination or release, and gives each queue its batch at once', async () => {
    const workItems: WorkItem[] = [
      { job: 'delivery', destination: decodeDestination('slack:channel:C1') },
      { job: 'card', destination: decodeDestination('slack:channel:C1'), delayMs: 700 },
      { job: 'delivery', destination: decodeDestination('slack:channel:C2') },
      { job: 'operation', releaseId: 'r' },
    ];
    expect(await queued(workItems)).toEqual([
      ['deliveries', [{ id: 'slack:channel:C1' }, { id: 'slack:channel:C2' }]],
      ['cards', [{ id: 'slack:channel:C1', delayMs: 700 }]],
      ['operations', [{ id: 'r' }]],
    ]);
  });

  it('neither throws nor waits when the queue is away', async () => {
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
    const queue = { enqueueMany: () => Promise.reject(new Error('away')) };
    await createWorkNotifier({ queue, clock, log }).notify([timer(0)]);
    await Promise.resolve();
    expect(warnings).toEqual([expect.stringContaining('the sweep will find it')]);
  });
});

describe('the local timeout of a timer', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => void vi.useRealTimers());

  const due = (dueAt: number): WorkItem => ({ job: 'timer', timerId: 't', revision: 1, dueAt });
  const atOnce = ['timers', [{ id: 'due' }]];

  async function notify(...workItems: WorkItem[]) {
    const queue = notingQueue();
    const notifier = createWorkNotifier({ queue, clock: systemClock, log: silentLog });
    await notifier.notify(workItems);
    const later = queue.given.splice(0);
    return { later, given: queue.given, stop: () => notifier.stop() };
  }

  it('is over at the instant, once for all timers of it, beside the delayed job', async () => {
    const { later, given } = await notify(due(5_000), due(5_000), due(6_000));
    expect(later).toEqual([['timers', [expect.objectContaining({ delayMs: 4_000 }), expect.anything()]]]);
    await vi.advanceTimersByTimeAsync(3_999);
    expect(given).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(given).toEqual([atOnce]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(given).toEqual([atOnce, atOnce]);
  });

  it('is set anew when it is over before the instant', async () => {
    const { given } = await notify(due(5_000));
    vi.setSystemTime(0);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(given).toEqual([['timers', [{ id: 'due', delayMs: 1_000 }]]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(given).toEqual([expect.anything(), atOnce]);
  });

  it('comes forward with a clock that runs faster, and leaves nothing behind', async () => {
    const queue = notingQueue();
    let pace = 1;
    const clock = { ...systemClock, delayUntil: (instant: number) => (instant - Date.now()) / pace };
    const notifier = createWorkNotifier({ queue, clock, log: silentLog });
    await notifier.notify([due(5_000)]);
    pace = 4;
    await notifier.notify([due(5_000)]);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(queue.given).toHaveLength(3);
    notifier.stop();
    await notifier.notify([due(9_000)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not set for what is due after the horizon, and does nothing once the notifier is stopped', async () => {
    expect((await notify(due(1_000 + horizonMs + 1))).later).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    const { stop } = await notify(due(5_000));
    expect(vi.getTimerCount()).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
