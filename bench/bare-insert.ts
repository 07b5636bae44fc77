import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import pg from 'pg';

/** Inserts a row of its own for a request, by drizzle. */
export type Insert = (key: string) => Promise<unknown>;

const inbox = pgTable('bare_inbox', {
  key: text().primaryKey(),
  receivedAt: timestamp({ withTimezone: true }),
  answer: text(),
});

/** What a bot that keeps its requests does at least. */
export async function openInsert(databaseUrl: string): Promise<Insert> {
  const db = drizzle(new pg.Pool({ connectionString: databaseUrl, max: 20 }));
  await db.execute(
    'create table if not exists bare_inbox (key text primary key, "receivedAt" timestamptz, answer text)',
  );
  return (key) => db.insert(inbox).values({ key, receivedAt: new Date(), answer: '{"ok":true}' });
}
