import type { Stated } from '../../../core/audit/compare-with-trail.ts';
import { textOf } from '../../../core/audit/read-details.ts';
import { findNotes } from '../../../db/queries/notes.ts';
import { wordingOf } from '../../notes/load-notes.ts';
import type { TrailComparison } from './comparison.ts';

const id = 'themselves';
const undecided = {
  approvedBy: null,
  approvedAt: null,
  publishedBy: null,
  publishedAt: null,
  publishedTo: null,
};

/** The release notes: their wording, whose it is, who approved it, and where it was published. */
export const notesComparison: TrailComparison = {
  what: 'the release notes',
  apply: (things, { action, at, details }) => {
    const by = textOf(details.by);
    const changed = changedBy(action, { at, by, details });
    if (changed === null) return [];
    things.set(id, { ...things.get(id), ...changed });
    return [id];
  },
  rows: async (db, releaseId) => {
    const row = await findNotes(db, releaseId);
    if (!row) return new Map();
    return new Map([
      [
        id,
        {
          ...{ state: row.state, wording: wordingOf(row), approvedBy: row.approvedByName },
          ...{ writtenBy: row.writtenByName, writtenAt: row.writtenAt.toISOString() },
          approvedAt: row.approvedAt?.toISOString() ?? null,
          ...{ publishedBy: row.publishedByName, publishedTo: row.publishedTo },
          publishedAt: row.publishedAt?.toISOString() ?? null,
        },
      ],
    ]);
  },
};

function changedBy(
  action: string,
  { at, by, details }: { at: string; by: string | undefined; details: { [key: string]: unknown } },
): Stated | null {
  switch (action) {
    case 'notes.drafted':
    case 'notes.edited':
      return { state: 'draft', wording: textOf(details.wording), writtenBy: by, writtenAt: at, ...undecided };
    case 'notes.approved':
      return { state: 'approved', approvedBy: by, approvedAt: at };
    case 'notes.published':
      return {
        ...{ state: 'published', publishedBy: by, publishedAt: at, publishedTo: textOf(details.audience) },
      };
    default:
      return null;
  }
}
