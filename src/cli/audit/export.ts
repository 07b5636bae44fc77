import { Command, Option } from 'commander';
import { loadRelease } from '../../db/queries/load-release.ts';
import { loadDossier } from '../../services/audit/dossier/load-dossier.ts';
import { exportAudit, UnknownReleaseError } from '../../services/audit/export-audit.ts';
import { dossierPage } from '../dossier-page/dossier-page.ts';
import { endHelp } from '../end-help.ts';
import { type AuditCommandIo, withAudit } from './audit-io.ts';
import { findAnchors } from './find-anchors.ts';
import { findTrustedKeys } from './find-trusted-keys.ts';
import { describeAuditDatabase } from './open-audit-database.ts';
import { anchorOptions, type TrustOptions, trustOptions } from './trust-options.ts';

interface Options extends TrustOptions {
  release?: string;
  format: 'jsonl' | 'html';
}

/** `tminus audit export` */
export function exportCommand(io: AuditCommandIo, note: () => string): Command {
  const command = new Command('export')
    .description(
      'Print the audit trail as JSON Lines, each chain from its first record to its last; or one release as a page for auditors',
    )
    .option('--release <key>', 'export one release only')
    .addOption(
      new Option('--format <format>', 'jsonl, or html: a dossier of one release, to read or to print as PDF')
        .choices(['jsonl', 'html'])
        .default('jsonl'),
    );
  for (const option of [...trustOptions(), ...anchorOptions()]) command.addOption(option);
  command.action((options: Options) =>
    (options.format === 'html' ? exportDossier : exportTrail)(io, options),
  );
  return endHelp(command, {
    note,
    examples: [
      'tminus audit export > trail.jsonl',
      'tminus audit export --release web-2.4.0 --format html > web-2.4.0.html',
    ],
  });
}

/** Standard output has the trail and nothing else. */
async function exportTrail(io: AuditCommandIo, { release }: Options): Promise<void> {
  await withAudit(io, async (db) => {
    io.printError(`Reading ${describeAuditDatabase(io.env)}.`);
    for await (const line of exportAudit(db, { releaseKey: release ?? null })) io.print(line);
  });
}

/** Standard output has the page; what is wrong with the trail is on the page, and in the exit code. */
async function exportDossier(io: AuditCommandIo, options: Options): Promise<void> {
  const key = options.release?.toLowerCase();
  if (key === undefined) throw new Error('--format html is of one release: name it with --release.');
  const trusted = await findTrustedKeys(io.env, { given: options.key, configFile: options.config });
  const anchors = await findAnchors(io.env, { files: options.anchors, texts: options.anchor });
  await withAudit(io, async (db) => {
    io.printError(`Reading ${describeAuditDatabase(io.env)}.`);
    const release = await loadRelease(db, { key });
    if (!release) throw new UnknownReleaseError(`There is no release "${key}".`);
    const dossier = await loadDossier(db, release, { trusted, anchors });
    io.print(dossierPage(dossier, { at: Date.now() }));
    if (dossier.verification.broken.length > 0) {
      io.printError('The trail of this release is NOT INTACT; the page says where.');
      process.exitCode = 1;
    }
  });
}
