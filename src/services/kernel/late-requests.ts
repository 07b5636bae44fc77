import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { isPast } from '../../db/queries/is-past.ts';
import { type LateRequestKind, lateRequests } from '../../db/schema/late-requests.ts';
import type { Queries } from '../../db/transaction.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';

/** What a person asked for, as it is asked again after a restart. */
export interface LateRequest {
  /** Of the platform: who asked, and the request's own id. */
  key: string;
  kind: LateRequestKind;
  /** JSON. */
  payload: string;
}

/** A request that was left behind, and when it came: epoch ms of the wall clock. */
export type LeftRequest = LateRequest & { receivedAt: number };

/** The requests that are acknowledged before they are answered. What one process leaves behind, another takes up. */
export interface LateRequests {
  /** Resolves once it is committed that the request is kept. It belongs to this process while that lives. */
  keep(request: LateRequest): Promise<void>;
  /** The oldest that belongs to no process any more, and to this one from now on. */
  takeUp(): Promise<LeftRequest | null>;
  /** The person has the answer. Never rejects. */
  forget(key: string): Promise<void>;
  /** Leaves it to whoever takes it up, when its lease is over. */
  release(key: string): void;
  /** Lets go of all of them. */
  stop(): void;
}

/** How long a request belongs to a process that says nothing more, and how often a process says so. Milliseconds. */
const leaseMs = 10_000;
const renewEveryMs = 3_000;

/** `db` has connections that nothing else uses: the others may all be waiting for one row. */
export function createLateRequests(parts: { db: Queries; clock: Clock; log: Log }): LateRequests {
  const { db, clock, log } = parts;
  const { key: keyColumn, receivedAt, leasedUntil } = lateRequests;
  const held = new Set<string>();
  const lease = () => new Date(clock.wall() + leaseMs);
  const warn = (note: string) => (error: unknown) => log.warn({ error }, note);
  const renew = async () => {
    if (held.size === 0) return;
    await db
      .update(lateRequests)
      .set({ leasedUntil: lease() })
      .where(inArray(keyColumn, [...held]));
  };
  const timer = setInterval(
    () => void renew().catch(warn('the lease of late requests could not be renewed')),
    renewEveryMs,
  );
  timer.unref();
  return {
    keep: async (request) => {
      held.add(request.key);
      const row = { ...request, receivedAt: new Date(clock.wall()), leasedUntil: lease() };
      // A repeat of it finds it kept.
      await db.insert(lateRequests).values(row).onConflictDoNothing();
    },
    takeUp: async () => {
      const oldest = db
        .select({ key: keyColumn })
        .from(lateRequests)
        .where(isPast(leasedUntil, clock.wall()))
        .orderBy(asc(receivedAt))
        .limit(1)
        .for('update', { skipLocked: true });
      const [taken] = await db
        .update(lateRequests)
        .set({ leasedUntil: lease() })
        // Once more beside the key: another process may have taken it at the same moment.
        .where(and(sql`${keyColumn} = ${oldest}`, isPast(leasedUntil, clock.wall())))
        .returning();
      if (!taken) return null;
      held.add(taken.key);
      const { key, kind, payload } = taken;
      return { key, kind, payload, receivedAt: taken.receivedAt.getTime() };
    },
    forget: async (key) => {
      held.delete(key);
      await db
        .delete(lateRequests)
        .where(eq(keyColumn, key))
        .catch(warn('a late request could not be forgotten, and will be answered again'));
    },
    release: (key) => void held.delete(key),
    stop: () => {
      clearInterval(timer);
      held.clear();
    },
  };
}
