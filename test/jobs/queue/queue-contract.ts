import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { QueueName, QueueWorker, WorkHandler, WorkQueue } from '../../../src/jobs/queue/work-queue.ts';
import { eventually } from '../../support/eventually.ts';

/** How the suite reaches one kind of queue. */
export interface QueueUnderTest {
  /** Another process's view of the same queue. */
  open(): Promise<WorkQueue>;
  /** Throws everything in it away, as FLUSHALL does. */
  empty(): Promise<void>;
}

/** What holds for every queue of our jobs, wherever it keeps them. */
export function describeQueueContract(kind: WorkQueue['kind'], subject: QueueUnderTest): void {
  describe(`work queue on ${kind}`, () => {
    let queue: WorkQueue;

    beforeEach(async () => {
      await subject.empty();
      queue = await subject.open();
    });
    afterEach(() => queue.close());

    it('says what it runs on', () => {
      expect(queue.kind).toBe(kind);
    });

    it('runs an id once, on the queue it was meant for', async () => {
      const timers = await record(queue, 'timers');
      const cards = await record(queue, 'cards');
      await queue.enqueue('timers', 'one');
      await eventually(() => expect(timers.ids).toEqual(['one']));
      expect(cards.ids).toEqual([]);
    });

    it('takes ids with colons and ids that are numbers', async () => {
      const seen = await record(queue, 'deliveries');
      await queue.enqueue('deliveries', 'slack:channel:C1');
      await queue.enqueue('deliveries', '42');
      await queue.enqueue('deliveries', 'slack:channel:C2', 1);
      await queue.enqueue('deliveries', '43', 1);
      await eventually(() =>
        expect(seen.ids.toSorted()).toEqual(['42', '43', 'slack:channel:C1', 'slack:channel:C2']),
      );
    });

    it('runs an id after the delay, not before', async () => {
      const seen = await record(queue, 'timers');
      const due = Date.now() + 300;
      await queue.enqueue('timers', 'later', 300);
      await queue.enqueue('timers', 'now');
      await eventually(() => expect(seen.ids).toEqual(['now', 'later']));
      expect(seen.at('later')).toBeGreaterThanOrEqual(due - 5);
    });

    it('takes hundreds at once, and runs each once', async () => {
      const seen = await record(queue, 'timers', 20);
      const ids = Array.from({ length: 500 }, (_, index) => `bulk-${index}`);
      await queue.enqueueMany(
        'timers',
        ids.map((id, index) => ({ id, delayMs: index % 2 })),
      );
      await eventually(() => expect(seen.ids.length).toBe(500));
      expect(new Set(seen.ids)).toEqual(new Set(ids));
    });

    it('runs an id again after its job threw', async () => {
      const seen: string[] = [];
      await start(queue, 'timers', async (id) => {
        seen.push(id);
        if (seen.length === 1) throw new Error('first time fails');
      });
      await queue.enqueue('timers', 'again');
      await eventually(() => expect(seen).toEqual(['again']));
      // The failed job must be gone from the queue for its id to be taken once more.
      await eventually(async () => {
        await queue.enqueue('timers', 'again');
        expect(seen.length).toBeGreaterThan(1);
      });
    });

    it('makes one job of what is enqueued again while it waits', async () => {
      for (let count = 0; count < 5; count++) await queue.enqueue('cards', 'card');
      const seen = await record(queue, 'cards');
      await queue.enqueue('cards', 'end');
      await eventually(() => expect(seen.ids).toContain('end'));
      expect(seen.ids).toEqual(['card', 'end']);
    });

    it('does not forget what is enqueued while the job runs', async () => {
      const door = gate();
      const runs: string[] = [];
      await start(queue, 'cards', async (id) => {
        runs.push(id);
        if (runs.length === 1) await door.opened;
      });
      await queue.enqueue('cards', 'card');
      await eventually(() => expect(runs.length).toBe(1));
      for (let count = 0; count < 4; count++) await queue.enqueue('cards', 'card');
      door.open();
      await queue.enqueue('cards', 'end');
      await eventually(() => expect(runs.toSorted()).toEqual(['card', 'card', 'end']));
    });

    it('never runs an id twice at a time, on two workers, whatever the delays', async () => {
      const other = await open(subject);
      let running = 0;
      let most = 0;
      let lastBegan = 0;
      const handler = async () => {
        lastBegan = Date.now();
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 15));
        running--;
      };
      await start(queue, 'deliveries', handler, 5);
      await start(other, 'deliveries', handler, 5);
      let lastDue = 0;
      for (let round = 0; round < 10; round++) {
        const enqueue = (delayMs: number) => queue.enqueue('deliveries', 'channel', delayMs);
        lastDue = Date.now() + 60;
        await Promise.all([enqueue(0), enqueue(20), enqueue(60), enqueue(5)]);
      }
      // However many were made one: the last of them all was answered by a run that began after it.
      await eventually(() => expect(lastBegan).toBeGreaterThanOrEqual(lastDue));
      expect(most).toBe(1);
    });

    it('lets a job that is due at once overtake one that is delayed', async () => {
      const seen = await record(queue, 'deliveries');
      await queue.enqueue('deliveries', 'channel', 600_000);
      await queue.enqueue('deliveries', 'channel');
      await eventually(() => expect(seen.ids).toEqual(['channel']));
      await queue.enqueue('deliveries', 'channel', 50);
      await eventually(() => expect(seen.ids).toEqual(['channel', 'channel']));
    });

    it('gives the job of a killed worker to another one, as often as that happens', async () => {
      const killed: string[] = [];
      for (let life = 0; life < 3; life++) {
        const dying = await subject.open();
        const worker = await dying.startWorker(
          'operations',
          (id) => {
            killed.push(id);
            return new Promise(() => undefined);
          },
          { concurrency: 1 },
        );
        if (life === 0) await queue.enqueue('operations', 'op');
        await eventually(() => expect(killed.length).toBe(life + 1), 20_000);
        await worker.close({ force: true });
        await dying.close();
      }
      const seen = await record(queue, 'operations');
      await eventually(() => expect(seen.ids).toEqual(['op']), 20_000);
      await queue.enqueue('operations', 'op');
      await eventually(() => expect(seen.ids).toEqual(['op', 'op']));
    });

    it('knows once that it is new, and once that it was emptied', async () => {
      const other = await open(subject);
      expect(await queue.sentinelLost()).toBe(true);
      expect(await other.sentinelLost()).toBe(false);
      await queue.enqueue('timers', 'lost', 200);
      await subject.empty();
      expect(await other.sentinelLost()).toBe(true);
      expect(await queue.sentinelLost()).toBe(false);
    });

    it('works on after it was emptied under running workers', async () => {
      const door = gate();
      const runs: string[] = [];
      await start(queue, 'deliveries', async (id) => {
        runs.push(id);
        if (id === 'held') await door.opened;
      });
      await queue.enqueue('deliveries', 'held');
      await eventually(() => expect(runs).toEqual(['held']));
      await subject.empty();
      door.open();
      await eventually(async () => {
        await queue.enqueue('deliveries', 'held');
        expect(runs.length).toBeGreaterThan(1);
      });
    });

    it('ticks, once for two processes, and again after it was emptied', async () => {
      const other = await open(subject);
      const seen = await record(queue, 'planner');
      const began = Date.now();
      await queue.every('planner', 200);
      await other.every('planner', 200);
      await eventually(() => expect(seen.ids.length).toBeGreaterThanOrEqual(4));
      const most = (Date.now() - began) / 200 + 2;
      expect(seen.ids.length).toBeLessThanOrEqual(most);
      expect(new Set(seen.ids)).toEqual(new Set(['tick']));
      await subject.empty();
      const before = seen.ids.length;
      await eventually(() => expect(seen.ids.length).toBeGreaterThan(before + 2));
    });

    it('lets a running job end before it closes', async () => {
      const closing = await subject.open();
      const door = gate();
      let ended = false;
      let began = false;
      await closing.startWorker(
        'timers',
        async () => {
          began = true;
          await door.opened;
          ended = true;
        },
        { concurrency: 1 },
      );
      await closing.enqueue('timers', 'last');
      await eventually(() => expect(began).toBe(true));
      const closed = closing.close();
      door.open();
      await closed;
      expect(ended).toBe(true);
    });
  });
}

/** Another process's queue, closed when the test ends. */
async function open(subject: QueueUnderTest): Promise<WorkQueue> {
  const queue = await subject.open();
  onTestFinished(() => queue.close());
  return queue;
}

function start(
  queue: WorkQueue,
  name: QueueName,
  handler: WorkHandler,
  concurrency = 1,
): Promise<QueueWorker> {
  return queue.startWorker(name, handler, { concurrency });
}

async function record(queue: WorkQueue, name: QueueName, concurrency = 1) {
  const ids: string[] = [];
  const instants = new Map<string, number>();
  await start(
    queue,
    name,
    async (id) => {
      ids.push(id);
      instants.set(id, Date.now());
    },
    concurrency,
  );
  return { ids, at: (id: string) => instants.get(id) };
}

function gate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A name that no other run has. */
export const ownName = () => `test-${randomUUID()}`;
