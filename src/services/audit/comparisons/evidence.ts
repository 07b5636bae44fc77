import { textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { findEvidence } from '../../../db/queries/evidence.ts';
import type { TrailComparison } from './comparison.ts';

/** The messages in the record: who wrote what, when, where it is, and who added it. */
export const evidenceComparison: TrailComparison = {
  what: 'the message in the record',
  apply: (things, { action, at, subject, details }) => {
    if (action !== 'evidence.added' || subject === undefined) return [];
    things.set(subject, {
      source: textOf(details.source),
      text: textOf(details.text),
      author: textOf(details.author),
      link: textOrNull(details.link),
      writtenAt: textOf(details.writtenAt),
      addedBy: textOf(details.by),
      addedAt: at,
    });
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await findEvidence(db, releaseId);
    return new Map(
      rows.map(({ id, source, text, author, link, writtenAt, addedByName, addedAt }) => [
        id,
        {
          ...{ source, text, author, link, writtenAt: writtenAt.toISOString() },
          ...{ addedBy: addedByName, addedAt: addedAt.toISOString() },
        },
      ]),
    );
  },
};
