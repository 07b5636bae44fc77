import type { Clock } from '../../src/lib/clock.ts';

/** Longer than any test; a clock that stands still never comes to a later instant by itself. */
const never = 2_147_483_647;

/** A clock that moves only when the test says so. */
export class TestClock implements Clock {
  #now: number;
  readonly #wall: () => number;
  readonly #listeners = new Set<() => void>();

  /** `start`: epoch ms or ISO 8601. `wall` is the machine's clock unless given. */
  constructor(start: number | string, wall: () => number = Date.now) {
    this.#now = typeof start === 'string' ? Date.parse(start) : start;
    this.#wall = wall;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#wall();
  }

  delayUntil(instant: number): number {
    return instant <= this.#now ? 0 : never;
  }

  /** It moves only when told to, so the instant after any wait is the present one. */
  instantAfter(): number {
    return this.#now;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Jumps to an instant, epoch ms or ISO 8601, backwards too. */
  moveTo(instant: number | string): void {
    this.#now = typeof instant === 'string' ? Date.parse(instant) : instant;
    for (const listener of this.#listeners) listener();
  }

  /** Jumps by so many milliseconds. */
  moveBy(ms: number): void {
    this.moveTo(this.#now + ms);
  }
}
