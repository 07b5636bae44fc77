import { Command } from 'commander';
import { lineText } from '../../core/card/line.ts';
import type { ToldEvent } from '../../core/trail/tell-event.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { UnknownReleaseError } from '../../services/audit/export-audit.ts';
import { nameTrail, workspaceNames } from '../../services/audit/name-trail.ts';
import { tellTrail } from '../../services/audit/tell-trail.ts';
import { endHelp } from '../end-help.ts';
import { type AuditCommandIo, withAudit } from './audit-io.ts';

/** `tminus audit show` */
export function showCommand(io: AuditCommandIo, note: () => string): Command {
  const command = new Command('show')
    .description(
      'Tell the trail of a release in sentences, the newest last; without a release, that of the workspace',
    )
    .argument('[release]', 'the key of a release, such as web-2.4.0')
    .option('--all', 'every record, also reminders, deliveries and cards; else decisions and their results')
    .action((release: string | undefined, { all }: { all?: boolean }) =>
      showTrail(io, { key: release ?? null, all: all ?? false }),
    );
  return endHelp(command, {
    note,
    examples: ['tminus audit show web-2.4.0', 'tminus audit show web-2.4.0 --all'],
  });
}

async function showTrail(
  io: AuditCommandIo,
  { key, all }: { key: string | null; all: boolean },
): Promise<void> {
  await withAudit(io, async (db) => {
    const release = key === null ? null : await loadRelease(db, { key: key.toLowerCase() });
    if (key !== null && !release) throw new UnknownReleaseError(`There is no release "${key}".`);
    const names = release ? nameTrail(release) : workspaceNames;
    const chain = release?.id ?? 'workspace';
    const told = await tellTrail(db, chain, { names, all, before: null, limit: Number.MAX_SAFE_INTEGER });
    for (const event of told.events) io.print(eventLine(event));
  });
}

/** `12  2026-11-29T10:00:00.000Z  Quinn Adler voted go as QA Lead. Right: … Evidence: …` */
function eventLine({ seq, at, sentence, right, evidence }: ToldEvent): string {
  const when = Number.isNaN(at) ? 'time unknown' : new Date(at).toISOString();
  const because = evidence.map(lineText).join('; ');
  const parts = [
    `${lineText(sentence)}.`,
    ...(right === null ? [] : [`Right: ${right}.`]),
    ...(because === '' ? [] : [`Evidence: ${because}.`]),
  ];
  return `${seq}  ${when}  ${parts.join(' ')}`;
}
