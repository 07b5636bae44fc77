import { Command } from 'commander';
import { anchorText } from '../../core/audit/anchor.ts';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { nameChains } from '../../services/audit/name-chains.ts';
import { verifyAudit } from '../../services/audit/verify-audit.ts';
import { endHelp } from '../end-help.ts';
import { type AuditCommandIo, withAudit } from './audit-io.ts';
import { findAnchors } from './find-anchors.ts';
import { findTrustedKeys } from './find-trusted-keys.ts';
import { describeAuditDatabase } from './open-audit-database.ts';
import { anchorOptions, type TrustOptions, trustOptions } from './trust-options.ts';

/** `tminus audit verify` */
export function verifyCommand(io: AuditCommandIo, note: () => string): Command {
  const command = new Command('verify').description(
    'Check every record, its signature and its place, and the rows against them; name the first record of each chain that was changed',
  );
  for (const option of [...trustOptions(), ...anchorOptions()]) command.addOption(option);
  command.action((options: TrustOptions) => verifyTrail(io, options));
  return endHelp(command, {
    note,
    examples: ['tminus audit verify', 'tminus audit verify --anchors kept-checkpoints.jsonl'],
    exitCodes: { 0: 'the trail is intact', 1: 'it is not, or could not be read' },
  });
}

async function verifyTrail(io: AuditCommandIo, options: TrustOptions): Promise<void> {
  const trusted = await findTrustedKeys(io.env, { given: options.key, configFile: options.config });
  const anchors = await findAnchors(io.env, { files: options.anchors, texts: options.anchor });
  await withAudit(io, async (db) => {
    const { checkpoint, chains, events, redacted, broken } = await verifyAudit(db, { trusted, anchors });
    const names = await nameChains(db);
    for (const link of broken) io.printError(describeBroken(link, names));
    io.print(`Read from ${describeAuditDatabase(io.env)}.`);
    io.print(`${events} events in ${chains} chains: ${broken.length === 0 ? 'intact' : 'NOT INTACT'}`);
    if (redacted > 0)
      io.print(
        `${redacted} ${redacted === 1 ? 'event is' : 'events are'} redacted: what is left is signed, and the trail says who removed what, and why`,
      );
    // To be kept elsewhere, and given to --anchor one day.
    if (checkpoint && broken.length === 0) io.print(anchorText(checkpoint));
    if (broken.length > 0) process.exitCode = 1;
  });
}

/** `web-2.4.0, event 12: its contents were changed`; without an event where none speaks of a row. */
function describeBroken({ chain, seq, problem }: BrokenLink, names: ReadonlyMap<string, string>): string {
  const name = names.get(chain) ?? chain;
  return seq === 0 ? `${name}: ${problem}` : `${name}, event ${seq}: ${problem}`;
}
