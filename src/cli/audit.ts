import { Command } from 'commander';
import { exportAudit } from '../services/audit/export-audit.ts';
import { verifyAudit } from '../services/audit/verify-audit.ts';
import { endHelp } from './end-help.ts';
import { describeAuditDatabase, openAuditDatabase } from './open-audit-database.ts';

/** What the command reads and writes: the process by default, replaced in tests. */
export interface AuditCommandIo {
  env: NodeJS.ProcessEnv;
  /** A line to standard output. */
  print(line: string): void;
  /** A line to standard error. */
  printError(line: string): void;
}

const processIo: AuditCommandIo = {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
};

/** `tminus audit …` */
export function auditCommand(io: AuditCommandIo = processIo): Command {
  const audit = new Command('audit').description('Check and export the audit trail');
  const note = () =>
    `Reads ${describeAuditDatabase(io.env)}.\nDATABASE_URL or TMINUS_DATA_DIR names another one.`;
  const verify = audit
    .command('verify')
    .description('Recompute every hash chain; name the first record in each that was changed')
    .action(() => verifyTrail(io));
  endHelp(verify, {
    note,
    examples: ['tminus audit verify'],
    exitCodes: { 0: 'the trail is intact', 1: 'it is not, or could not be read' },
  });
  const exporting = audit
    .command('export')
    .description('Print the audit trail as JSON Lines, each chain from its first record to its last')
    .option('--release <key>', 'export one release only')
    .action(({ release }: { release?: string }) => exportTrail(io, release ?? null));
  endHelp(exporting, {
    note,
    examples: ['tminus audit export > trail.jsonl', 'tminus audit export --release web-2.4.0'],
  });
  return endHelp(audit, { note, examples: ['tminus audit verify', 'tminus audit export > trail.jsonl'] });
}

async function verifyTrail(io: AuditCommandIo): Promise<void> {
  await withAudit(io, async (db) => {
    const { chains, events, broken } = await verifyAudit(db.db);
    for (const { chain, seq, problem } of broken) io.printError(`${chain}, event ${seq}: ${problem}`);
    io.print(`Read from ${describeAuditDatabase(io.env)}.`);
    io.print(`${events} events in ${chains} chains: ${broken.length === 0 ? 'intact' : 'NOT INTACT'}`);
    if (broken.length > 0) process.exitCode = 1;
  });
}

/** Standard output has the trail and nothing else. */
async function exportTrail(io: AuditCommandIo, releaseKey: string | null): Promise<void> {
  await withAudit(io, async (db) => {
    io.printError(`Reading ${describeAuditDatabase(io.env)}.`);
    for await (const line of exportAudit(db.db, { releaseKey })) io.print(line);
  });
}

async function withAudit(
  { env }: AuditCommandIo,
  work: (db: Awaited<ReturnType<typeof openAuditDatabase>>) => Promise<void>,
): Promise<void> {
  const db = await openAuditDatabase(env);
  try {
    await work(db);
  } finally {
    await db.close();
  }
}
