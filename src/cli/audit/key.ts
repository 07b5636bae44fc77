import { Command } from 'commander';
import { newPrivateKey, readPrivateKey, writePublicKey } from '../../core/audit/audit-keys.ts';
import { endHelp } from '../end-help.ts';
import type { AuditCommandIo } from './audit-io.ts';
import { findOwnKey } from './find-trusted-keys.ts';

/** `tminus audit key` */
export function keyCommand(io: AuditCommandIo): Command {
  const command = new Command('key')
    .description('Print the public key with which the trail can be checked, or a new key')
    .option('--new', 'print a new private key, for TMINUS_AUDIT_KEY')
    .action(({ new: isNew }: { new?: boolean }) => (isNew ? printNewKey(io) : printPublicKey(io)));
  return endHelp(command, {
    note: () => 'The key is that of TMINUS_AUDIT_KEY, or else of the file audit-key in the data folder.',
    examples: ['tminus audit key', 'tminus audit key --new'],
  });
}

function printNewKey(io: AuditCommandIo): void {
  const text = newPrivateKey();
  const key = readPrivateKey(text);
  io.print(text);
  if (key) io.printError(`Keep it where the database is not. Its public key: ${writePublicKey(key)}`);
}

async function printPublicKey(io: AuditCommandIo): Promise<void> {
  const key = await findOwnKey(io.env);
  if (key) return io.print(writePublicKey(key));
  throw new Error('There is no key here. Make one with `tminus audit key --new`.');
}
