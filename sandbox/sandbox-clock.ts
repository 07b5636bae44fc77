import type { Clock } from '../src/lib/clock.ts';
import type { ClockState } from './control-api.ts';

/** What defines a clock's course: everything of `ClockState` but the bot's knowledge. */
export type ClockCourse = Pick<ClockState, 'nowMs' | 'wallMs' | 'rate' | 'paused'>;

/** Node's timers hold 31 bits of milliseconds; a longer wait is computed anew when this one ends. */
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * A clock that runs `rate` times as fast as the machine's, can stand still, and can jump forward. It never
 * goes back: the instant is carried over at each change of pace.
 */
export class SandboxClock implements Clock {
  #course: ClockCourse;
  readonly #wall: () => number;
  readonly #listeners = new Set<() => void>();

  /** `startMs` (epoch ms, default the machine's now) is the instant shown at the beginning. */
  constructor(options: { startMs?: number; rate?: number; paused?: boolean; wall?: () => number } = {}) {
    this.#wall = options.wall ?? Date.now;
    const wallMs = this.#wall();
    this.#course = {
      nowMs: options.startMs ?? wallMs,
      wallMs,
      rate: checkRate(options.rate ?? 1),
      paused: options.paused ?? false,
    };
  }

  now(): number {
    return Math.floor(this.#instantAt(this.#wall()));
  }

  wall(): number {
    return this.#wall();
  }

  delayUntil(instant: number): number {
    const wallMs = this.#wall();
    const ahead = instant - this.#instantAt(wallMs);
    if (ahead <= 0) return 0;
    if (this.#course.paused) return LONGEST_DELAY_MS;
    return Math.min(LONGEST_DELAY_MS, Math.ceil(ahead / this.#course.rate));
  }

  instantAfter(ms: number): number {
    return Math.floor(this.#instantAt(this.#wall() + ms));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `rate`: release milliseconds per real millisecond, above 0. Throws a `RangeError` otherwise. */
  setRate(rate: number): void {
    this.#change({ rate: checkRate(rate) });
  }

  pause(): void {
    this.#change({ paused: true });
  }

  resume(): void {
    this.#change({ paused: false });
  }

  /** Moves the clock to `instant` (epoch ms). Throws a `RangeError` when that is in the past. */
  jumpTo(instant: number): void {
    if (!Number.isFinite(instant)) throw new RangeError('The instant must be a number of milliseconds.');
    if (instant < this.now()) throw new RangeError('The clock goes forward only.');
    this.#change({ nowMs: instant });
  }

  /** The course as of now: another process that is given this shows the same time. */
  state(): ClockCourse {
    const wallMs = this.#wall();
    return { ...this.#course, nowMs: Math.floor(this.#instantAt(wallMs)), wallMs };
  }

  /** Goes on with an earlier course from its instant; the time in between has not passed. */
  restore(course: ClockCourse): void {
    this.follow({ ...course, wallMs: this.#wall() });
  }

  /** Takes over a course as it is. */
  protected follow(course: ClockCourse): void {
    this.#course = {
      nowMs: course.nowMs,
      wallMs: course.wallMs,
      rate: checkRate(course.rate),
      paused: course.paused,
    };
    for (const listener of this.#listeners) listener();
  }

  #change(change: Partial<ClockCourse>): void {
    this.follow({ ...this.state(), ...change });
  }

  #instantAt(wallMs: number): number {
    const { nowMs, wallMs: since, rate, paused } = this.#course;
    return paused ? nowMs : nowMs + Math.max(0, wallMs - since) * rate;
  }
}

/** A clock that shows what another process's clock shows. Feed it every `ClockState` that arrives. */
export class FollowedClock extends SandboxClock {
  /** Takes over the state, whichever way it moves. Listeners are told. */
  apply(state: ClockCourse): void {
    this.follow(state);
  }
}

/** A clock that follows the one whose state is given; both read the same machine's time. */
export function followClock(initial: ClockCourse, wall: () => number = Date.now): FollowedClock {
  const clock = new FollowedClock({ wall });
  clock.apply(initial);
  return clock;
}

function checkRate(rate: number): number {
  if (!(rate > 0) || !Number.isFinite(rate)) throw new RangeError('The rate must be above 0.');
  return rate;
}
