import { LRUCache } from 'lru-cache';
import {
  type Conversation,
  findConversation,
  listConversations,
  noteConversation,
  noteRemoval,
  type SeenConversation,
} from '../../../db/queries/conversations.ts';
import type { ConversationKind } from '../../../db/schema/conversations.ts';
import type { Queries } from '../../../db/transaction.ts';
import type { Clock } from '../../../lib/clock.ts';

export type { Conversation };

type Seen = Omit<SeenConversation, 'platform'>;

/** What Teams has told of how people, channels and teams are reached. */
export interface ConversationStore {
  note(seen: Seen): Promise<void>;
  remove(from: { kind: ConversationKind; id: string }): Promise<void>;
  /** Null as well where tminus was removed. */
  find(kind: ConversationKind, id: string): Promise<Conversation | null>;
  list(
    kind: ConversationKind,
    options?: { ids?: readonly string[]; limit?: number },
  ): Promise<Conversation[]>;
}

const platform = 'teams';
/** So many are known to be stored already: every request says again who asks, and from where. */
const rememberedMax = 5_000;
/** Another process may have heard of a removal. Milliseconds. */
const rememberedMs = 60_000;

/** `db` may still be opening: nothing is asked of it before it is there. */
export function createStore(db: Promise<Queries>, clock: Pick<Clock, 'wall'>): ConversationStore {
  const stored = new LRUCache<string, string>({ max: rememberedMax, ttl: rememberedMs });
  return {
    note: async (seen) => {
      const key = `${seen.kind} ${seen.id}`;
      const written = JSON.stringify(seen);
      if (stored.get(key) === written) return;
      await noteConversation(await db, { platform, ...seen });
      stored.set(key, written);
    },
    remove: async (from) => {
      stored.clear();
      await noteRemoval(await db, { platform, ...from, at: clock.wall() });
    },
    find: async (kind, id) => {
      const found = await findConversation(await db, { platform, kind, id });
      return found?.removedSince === null ? found : null;
    },
    list: async (kind, options = {}) => listConversations(await db, { platform, kind, ...options }),
  };
}
