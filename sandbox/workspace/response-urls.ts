import { newSecret } from './ids.ts';
import type { Table } from './store.ts';
import type { StoredResponseUrl } from './stored.ts';

const USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** Where an app may answer an action: five times within thirty minutes of the machine's clock. */
export class ResponseUrls {
  readonly #table: Table<StoredResponseUrl>;
  readonly #wall: () => number;
  readonly #baseUrl: () => string;

  constructor(table: Table<StoredResponseUrl>, wall: () => number, baseUrl: () => string) {
    this.#table = table;
    this.#wall = wall;
    this.#baseUrl = baseUrl;
    for (const [id, each] of [...table.entries()]) if (each.expiresWallMs <= wall()) table.delete(id);
  }

  create(about: Pick<StoredResponseUrl, 'personId' | 'channel' | 'originalTs'>): {
    id: string;
    url: string;
  } {
    const id = newSecret();
    this.#table.put(id, { ...about, id, uses: 0, expiresWallMs: this.#wall() + LIFETIME_MS });
    return { id, url: `${this.#baseUrl()}/response/${id}` };
  }

  /** The response URL, if it can still be used. */
  check(id: string): StoredResponseUrl | 'expired_url' | 'used_url' {
    const found = this.#table.get(id);
    if (!found || found.expiresWallMs <= this.#wall()) return 'expired_url';
    return found.uses >= USES ? 'used_url' : found;
  }

  /** Counts a use, and remembers the answer as what `replace_original` speaks of, when it is the first. */
  use(found: StoredResponseUrl, answerTs?: string): void {
    const originalTs = found.originalTs ?? answerTs;
    this.#table.put(found.id, { ...found, uses: found.uses + 1, ...(originalTs ? { originalTs } : {}) });
  }

  /** Remembers the answer within the acknowledgement, which does not count as a use. */
  remember(id: string, answerTs: string): void {
    const found = this.#table.get(id);
    if (found) this.#table.put(id, { ...found, originalTs: found.originalTs ?? answerTs });
  }
}
