/** So many in so many milliseconds, as Microsoft documents for what a bot sends to one conversation. */
const windows = [
  { most: 7, ms: 1_000 },
  { most: 8, ms: 2_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
];
const longestMs = 3_600_000;
/** Teams says when to come again only now and then; here, when it is longer than this. */
const hintAboveMs = 2_000;

/**
 * How often the app may write to a conversation, by the machine's clock. What is refused does not count. Edits count
 * like messages, which Microsoft leaves open.
 */
export class ConversationLimits {
  readonly #wall: () => number;
  readonly #enabled: boolean;
  readonly #sent = new Map<string, number[]>();

  constructor(wall: () => number, enabled: boolean) {
    this.#wall = wall;
    this.#enabled = enabled;
  }

  /** Counts one message. Answers null when it may go, else the seconds to wait, which Teams may keep to itself. */
  admit(conversation: string): { waitSeconds: number; told: boolean } | null {
    if (!this.#enabled) return null;
    const now = this.#wall();
    const sent = (this.#sent.get(conversation) ?? []).filter((at) => at > now - longestMs);
    this.#sent.set(conversation, sent);
    for (const { most, ms } of windows) {
      const first = sent.at(-most);
      if (first === undefined || first <= now - ms) continue;
      const waitSeconds = Math.max(1, Math.ceil((first + ms - now) / 1_000));
      return { waitSeconds, told: ms > hintAboveMs };
    }
    sent.push(now);
    return null;
  }
}
