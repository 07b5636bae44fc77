import { Command } from 'commander';
import { endHelp } from '../end-help.ts';
import type { AuditCommandIo } from './audit-io.ts';
import { exportCommand } from './export.ts';
import { keyCommand } from './key.ts';
import { describeAuditDatabase } from './open-audit-database.ts';
import { redactCommand } from './redact.ts';
import { showCommand } from './show.ts';
import { verifyCommand } from './verify.ts';

const processIo: AuditCommandIo = {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
};

/** `tminus audit …` */
export function auditCommand(io: AuditCommandIo = processIo): Command {
  const note = () =>
    `Reads ${describeAuditDatabase(io.env)}.\nDATABASE_URL or TMINUS_DATA_DIR names another one.`;
  const audit = new Command('audit').description('Check, read, export and redact the audit trail');
  for (const command of [
    verifyCommand(io, note),
    showCommand(io, note),
    exportCommand(io, note),
    redactCommand(io, note),
    keyCommand(io),
  ]) {
    audit.addCommand(command);
  }
  return endHelp(audit, { note, examples: ['tminus audit verify', 'tminus audit export > trail.jsonl'] });
}
