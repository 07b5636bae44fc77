import { sql } from 'drizzle-orm';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Queries } from './transaction.ts';

/** A clock that goes with the database's once it is told to, so that all processes on one database agree. */
export interface DatabaseClock extends Clock {
  /** Reads the database's clock, the first time until an answer comes soon enough to tell. Listeners are told when the time was off by a second or more. */
  synchronize(db: Queries): Promise<void>;
}

/** Differences from here on are told. Milliseconds. */
const tellFromMs = 1_000;
/** An answer that took longer says too little about when it was given. */
const longestAnswerMs = 1_000;

/**
 * Time is counted by a clock of the process that nobody sets, from the last reading of the database's: when the
 * machine's clock is set, nothing changes. `machine` and `steady` give epoch ms and ms since any instant.
 */
export function createDatabaseClock(
  log: Log,
  { machine = Date.now, steady = () => performance.now() } = {},
): DatabaseClock {
  const listeners = new Set<() => void>();
  const tell = createTeller(log, { machine, steady });
  /** Epoch ms at which `steady` was 0. */
  let origin = machine() - steady();
  let isRead = false;
  const wall = () => Math.floor(origin + steady());
  return {
    now: wall,
    wall,
    delayUntil: (instant) => Math.max(0, instant - wall()),
    instantAfter: (ms) => wall() + ms,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    synchronize: async (db) => {
      let reading = await readInTime(db, steady);
      // Until there is one, the time is the machine's.
      for (; reading === null && !isRead; reading = await readInTime(db, steady))
        log.warn({}, 'the database took too long to tell its time, which the start waits for; asking again');
      if (reading === null) return;
      isRead = true;
      const { read, asked, answered } = reading;
      const offBy = read - (asked + answered) / 2 - origin;
      tell({ skewMs: machine() - (origin + offBy + answered), offBy });
      // Within the time of the answer, the difference may be no more than that.
      if (Math.abs(offBy) > answered - asked) origin += offBy;
      if (Math.abs(offBy) >= tellFromMs) for (const listener of listeners) listener();
    },
  };
}

/** Null when the answer took too long. */
async function readInTime(db: Queries, steady: () => number) {
  const asked = steady();
  const read = await readClock(db);
  const answered = steady();
  return answered - asked > longestAnswerMs ? null : { read, asked, answered };
}

async function readClock(db: Queries): Promise<number> {
  const { rows } = await db.execute<{ at: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as at`,
  );
  return Number(rows[0]?.at);
}

/** Tells of a skew once until it is gone, and of each step of a clock. */
function createTeller(log: Log, { machine, steady }: { machine: () => number; steady: () => number }) {
  let isSkewed = false;
  let isFirst = true;
  let machineOrigin = machine() - steady();
  return ({ skewMs, offBy }: { skewMs: number; offBy: number }) => {
    const stepMs = machine() - steady() - machineOrigin;
    if (Math.abs(stepMs) >= tellFromMs) {
      machineOrigin += stepMs;
      log.warn(
        { stepMs: Math.round(stepMs) },
        `the clock of this machine was set ${stepMs > 0 ? 'forward' : 'back'} by ${seconds(stepMs)}`,
      );
    }
    if (!isFirst && Math.abs(offBy) >= tellFromMs) {
      const text = `the clock of the database was set ${offBy > 0 ? 'forward' : 'back'} by ${seconds(offBy)}; waits that have become too long are cut short`;
      log.warn({ stepMs: Math.round(offBy) }, text);
    }
    isFirst = false;
    const wasSkewed = isSkewed;
    isSkewed = Math.abs(skewMs) >= tellFromMs;
    if (isSkewed && !wasSkewed) {
      const text = `the clock of this machine is ${seconds(skewMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} the database's, which is used; keep both right by NTP`;
      log.warn({ skewMs: Math.round(skewMs) }, text);
    }
  };
}

function seconds(ms: number): string {
  return `${Math.round(Math.abs(ms) / 100) / 10} s`;
}
