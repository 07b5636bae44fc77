import { sql } from 'drizzle-orm';
import type { Queries } from './transaction.ts';

/** Processes that were not seen for so long are forgotten. */
const forgottenAfter = sql`interval '1 day'`;

/** Notes that a process is there and can write, by the database's clock alone. A full disk still answers reads. */
export async function noteProcess(db: Queries, processId: string): Promise<void> {
  await db.execute(sql`
    with gone as (delete from processes where seen_at < now() - ${forgottenAfter} and id <> ${processId})
    insert into processes (id, seen_at) values (${processId}, now())
    on conflict (id) do update set seen_at = excluded.seen_at`);
}

/** Notes that a process is gone: what it had claimed need not wait for it. */
export async function forgetProcess(db: Queries, processId: string): Promise<void> {
  await db.execute(sql`delete from processes where id = ${processId}`);
}
