import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { type ConversationKind, conversations } from '../schema/conversations.ts';
import type { Queries } from '../transaction.ts';

export type Conversation = typeof conversations.$inferSelect;
/** What was learned of one; what is left out stays as it is known. */
export type SeenConversation = Pick<Conversation, 'platform' | 'kind' | 'id' | 'workspaceId' | 'serviceUrl'> &
  Partial<Pick<Conversation, 'conversationId' | 'accountId' | 'name' | 'parentId'>>;

const { platform, kind, id, parentId, removedSince } = conversations;

/** Remembers how to reach somebody or something. What is not known keeps what it was; tminus is there (again). */
export async function noteConversation(db: Queries, seen: SeenConversation): Promise<void> {
  const newer = (column: 'conversation_id' | 'account_id' | 'name' | 'parent_id') =>
    sql.raw(`coalesce(excluded.${column}, conversations.${column})`);
  await db
    .insert(conversations)
    .values(seen)
    .onConflictDoUpdate({
      target: [platform, kind, id],
      set: {
        workspaceId: seen.workspaceId,
        serviceUrl: seen.serviceUrl,
        conversationId: newer('conversation_id'),
        accountId: newer('account_id'),
        name: newer('name'),
        parentId: newer('parent_id'),
        removedSince: null,
      },
    });
}

/** Also of somewhere that tminus was removed from. */
export async function findConversation(
  db: Queries,
  key: Pick<Conversation, 'platform' | 'kind' | 'id'>,
): Promise<Conversation | null> {
  const [found] = await db
    .select()
    .from(conversations)
    .where(and(eq(platform, key.platform), eq(kind, key.kind), eq(id, key.id)));
  return found ?? null;
}

/** Those of a kind where tminus is installed, by their ids. */
export function listConversations(
  db: Queries,
  of: { platform: string; kind: ConversationKind; ids?: readonly string[]; limit?: number },
): Promise<Conversation[]> {
  const query = db
    .select()
    .from(conversations)
    .where(
      and(
        eq(platform, of.platform),
        eq(kind, of.kind),
        isNull(removedSince),
        of.ids ? inArray(id, [...of.ids]) : undefined,
      ),
    )
    .orderBy(asc(id));
  return of.limit === undefined ? query : query.limit(of.limit);
}

/** tminus was removed from somewhere, and from the channels in it. */
export async function noteRemoval(
  db: Queries,
  from: Pick<Conversation, 'platform' | 'kind' | 'id'> & { at: number },
): Promise<void> {
  const itself = and(eq(kind, from.kind), eq(id, from.id));
  await db
    .update(conversations)
    .set({ removedSince: new Date(from.at) })
    .where(
      and(
        eq(platform, from.platform),
        from.kind === 'group' ? or(itself, eq(parentId, from.id)) : itself,
        isNull(removedSince),
      ),
    );
}
