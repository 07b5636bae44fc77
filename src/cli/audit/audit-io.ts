import type { Queries } from '../../db/transaction.ts';
import { openAuditDatabase } from './open-audit-database.ts';

/** What the command reads and writes: the process by default, replaced in tests. */
export interface AuditCommandIo {
  env: NodeJS.ProcessEnv;
  /** A line to standard output. */
  print(line: string): void;
  /** A line to standard error. */
  printError(line: string): void;
}

/** Runs `work` on the database of the trail, which it only reads. */
export async function withAudit(
  { env }: AuditCommandIo,
  work: (db: Queries) => Promise<void>,
): Promise<void> {
  const database = await openAuditDatabase(env);
  try {
    await work(database.db);
  } finally {
    await database.close();
  }
}
