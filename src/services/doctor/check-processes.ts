import { count, sql } from 'drizzle-orm';
import type { Finding } from '../../core/doctor/finding.ts';
import { processes } from '../../db/schema/process.ts';
import type { Examined } from './examined.ts';

/** Each says every two seconds that it is there. */
const seenWithin = sql`now() - interval '6 seconds'`;

/** How many processes of tminus work on this database. */
export async function checkProcesses({ db }: Pick<Examined, 'db'>): Promise<Finding[]> {
  const [row] = await db
    .select({ count: count() })
    .from(processes)
    .where(sql`${processes.seenAt} > ${seenWithin}`);
  const running = row?.count ?? 0;
  const part = 'Processes';
  if (running === 0) {
    const says = 'None is running, so nothing is sent and nobody is answered. Start one with `tminus start`.';
    return [{ part, state: 'unwell', says }];
  }
  return [{ part, state: 'well', says: `${running} ${running === 1 ? 'is' : 'are'} running.` }];
}
