import { Command } from 'commander';
import { exportAudit } from '../services/audit/export-audit.ts';
import { verifyAudit } from '../services/audit/verify-audit.ts';
import { openAuditDatabase } from './open-audit-database.ts';

/** `tminus audit …` */
export function auditCommand(): Command {
  const audit = new Command('audit').description('Check and export the audit trail');
  audit
    .command('verify')
    .description('Recompute every hash chain; exits with 1 and names the first record that was changed')
    .action(async () => {
      await withAudit(async (db) => {
        const { chains, events, broken } = await verifyAudit(db.pool);
        for (const { chain, seq, problem } of broken) console.error(`${chain}, event ${seq}: ${problem}`);
        console.log(`${events} events in ${chains} chains: ${broken.length === 0 ? 'intact' : 'NOT INTACT'}`);
        if (broken.length > 0) process.exitCode = 1;
      });
    });
  audit
    .command('export')
    .description('Print the audit trail as JSON Lines, oldest first')
    .option('--release <key>', 'of one release only')
    .action(async ({ release }: { release?: string }) => {
      await withAudit(async (db) => {
        for await (const line of exportAudit(db.pool, { releaseKey: release ?? null })) console.log(line);
      });
    });
  return audit;
}

async function withAudit(
  work: (db: Awaited<ReturnType<typeof openAuditDatabase>>) => Promise<void>,
): Promise<void> {
  const db = await openAuditDatabase();
  try {
    await work(db);
  } finally {
    await db.close();
  }
}
