import { bigserial, index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import type { FactChanges, StatedFacts } from '../../core/facts/facts.ts';
import type { ChangeCause } from '../../core/messages/correction-message.ts';
import { deliveries } from './outbox.ts';
import { releases } from './release.ts';

/** Which facts a message states, for as long as the message is kept: who holds what follows from it. */
export const deliveryFacts = pgTable(
  'delivery_facts',
  {
    deliveryId: uuid()
      .primaryKey()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** Order in which things are said; a message that is sent again says them anew. */
    saidSeq: bigserial({ mode: 'number' }).notNull(),
    states: jsonb().$type<StatedFacts>().notNull(),
    /** Of a correction, what it corrects; null for every other message. */
    corrects: jsonb().$type<FactChanges>(),
    /** Of a correction, who changed it and why; null when that is not known. */
    cause: jsonb().$type<ChangeCause>(),
  },
  (table) => [index('delivery_facts_release').on(table.releaseId, table.saidSeq)],
);
