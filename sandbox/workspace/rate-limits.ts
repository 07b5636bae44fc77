const MINUTE_MS = 60_000;
const CHANNEL_PAUSE_MS = 1_000;
/** Slack says "several hundred a minute" for posting in a whole workspace; this is the strict reading. */
const POSTS_PER_MINUTE = 300;

/**
 * Slack's rate limits, by the machine's clock. A method may be called so often in any sixty seconds; a
 * channel takes one message a second, without any burst. Slack itself tolerates a little more.
 */
export class RateLimits {
  readonly #wall: () => number;
  readonly #enabled: boolean;
  readonly #calls = new Map<string, number[]>();
  readonly #lastPost = new Map<string, number>();

  constructor(wall: () => number, enabled: boolean) {
    this.#wall = wall;
    this.#enabled = enabled;
  }

  /** Counts one call of a method. Answers whole seconds to wait, or 0 when it may go on. */
  admitCall(method: string, perMinute: number): number {
    if (!this.#enabled) return 0;
    const now = this.#wall();
    const recent = (this.#calls.get(method) ?? []).filter((at) => at > now - MINUTE_MS);
    this.#calls.set(method, recent);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= perMinute) {
      return Math.max(1, Math.ceil((oldest + MINUTE_MS - now) / 1000));
    }
    recent.push(now);
    return 0;
  }

  /** Counts one post to a channel. Answers whole seconds to wait, or 0 when it may go on. */
  admitPost(channel: string): number {
    if (!this.#enabled) return 0;
    const now = this.#wall();
    const since = now - (this.#lastPost.get(channel) ?? Number.NEGATIVE_INFINITY);
    if (since < CHANNEL_PAUSE_MS) return Math.max(1, Math.ceil((CHANNEL_PAUSE_MS - since) / 1000));
    const wait = this.admitCall('posts', POSTS_PER_MINUTE);
    if (wait === 0) this.#lastPost.set(channel, now);
    return wait;
  }
}
