import { sql } from 'drizzle-orm';
import type { Finding } from '../../core/doctor/finding.ts';
import type { Examined } from './examined.ts';

/** A machine whose clock differs by more has wrong times in its log. Milliseconds. */
const tolerableSkewMs = 2_000;
/** A click takes several of them one after the other. Milliseconds. */
const slowMs = 100;

const part = 'Database';

/** Whether it answers soon, and by how much the machine's clock differs from its. */
export async function checkDatabase({ db, clock }: Pick<Examined, 'db' | 'clock'>): Promise<Finding[]> {
  // The first may open a connection, which no click waits for.
  await ask(db);
  const { row, tookMs } = await ask(db);
  if (!row) return [{ part, state: 'unwell', says: 'It does not tell its time.' }];
  const version = `PostgreSQL ${row.version.split(' ')[0]}`;
  const findings: Finding[] = [
    tookMs > slowMs
      ? {
          part,
          state: 'unsure',
          says: `${version} took ${Math.round(tookMs)} ms for the simplest question. People wait for several of them.`,
        }
      : { part, state: 'well', says: `${version} answers in ${Math.ceil(tookMs)} ms.` },
  ];
  const skewMs = Math.abs(clock.wall() - Number(row.at));
  const machineMs = Math.abs(Date.now() - Number(row.at));
  if (Math.max(skewMs, machineMs) > tolerableSkewMs + tookMs) {
    const says = `The clock of this machine and that of the database differ by ${Math.round(machineMs / 1_000)} seconds. tminus goes by the database; set both by NTP.`;
    findings.push({ part: 'Clocks', state: 'unsure', says });
  }
  return findings;
}

async function ask(db: Examined['db']) {
  const began = performance.now();
  const { rows } = await db.execute<{ version: string; at: string }>(
    sql`select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 as at`,
  );
  return { row: rows[0], tookMs: performance.now() - began };
}
