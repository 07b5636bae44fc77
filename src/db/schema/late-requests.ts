import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What a person can ask for. */
export type LateRequestKind = 'command' | 'action' | 'form' | 'shortcut';

/** Requests that are acknowledged before their answer is there, until the person has it. */
export const lateRequests = pgTable(
  'late_requests',
  {
    /** Of the platform: who asked, and the request's own id. */
    key: text().primaryKey(),
    kind: text().$type<LateRequestKind>().notNull(),
    /** JSON of what the platform sent, as far as it is needed: who asks for what, and where they are answered. */
    payload: text().notNull(),
    /** Wall clock. */
    receivedAt: instant().notNull(),
    /** Wall clock: until then it belongs to the process that works on it. */
    leasedUntil: instant().notNull(),
  },
  (table) => [index('late_requests_received').on(table.receivedAt)],
);
