import { Command } from 'commander';
import { exportAudit } from '../../services/audit/export-audit.ts';
import { endHelp } from '../end-help.ts';
import { type AuditCommandIo, withAudit } from './audit-io.ts';
import { describeAuditDatabase } from './open-audit-database.ts';

/** `tminus audit export` */
export function exportCommand(io: AuditCommandIo, note: () => string): Command {
  const command = new Command('export')
    .description('Print the audit trail as JSON Lines, each chain from its first record to its last')
    .option('--release <key>', 'export one release only')
    .action(({ release }: { release?: string }) => exportTrail(io, release ?? null));
  return endHelp(command, {
    note,
    examples: ['tminus audit export > trail.jsonl', 'tminus audit export --release web-2.4.0'],
  });
}

/** Standard output has the trail and nothing else. */
async function exportTrail(io: AuditCommandIo, releaseKey: string | null): Promise<void> {
  await withAudit(io, async (db) => {
    io.printError(`Reading ${describeAuditDatabase(io.env)}.`);
    for await (const line of exportAudit(db, { releaseKey })) io.print(line);
  });
}
