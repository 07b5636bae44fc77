import type { Conversation, ConversationStore } from '../../../../src/bot/teams/client/store.ts';

/** What Teams has told, in memory. */
export function createMemoryStore(): ConversationStore {
  const rows = new Map<string, Conversation>();
  const none = {
    ...{ conversationId: null, accountId: null, name: null, parentId: null },
    ...{ removedSince: null, greetedAt: null },
  };
  return {
    note: async (seen) => {
      const key = `${seen.kind} ${seen.id}`;
      rows.set(key, { platform: 'teams', ...none, ...rows.get(key), ...seen, removedSince: null });
    },
    remove: async ({ kind, id }) => {
      for (const [key, row] of rows)
        if ((row.kind === kind && row.id === id) || row.parentId === id) rows.delete(key);
    },
    find: async (kind, id) => rows.get(`${kind} ${id}`) ?? null,
    list: async (kind, { ids, limit } = {}) =>
      [...rows.values()]
        .filter((row) => row.kind === kind && (ids === undefined || ids.includes(row.id)))
        .slice(0, limit),
  };
}
