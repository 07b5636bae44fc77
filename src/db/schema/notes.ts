import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Audience } from '../../core/plan/audiences.ts';
import { instant } from './columns.ts';
import { releases } from './release.ts';

export const notesStates = ['draft', 'approved', 'published'] as const;

/** The release notes of a release: drafted from its plan, edited, approved in one wording, published once. */
export const releaseNotes = pgTable('release_notes', {
  releaseId: uuid()
    .primaryKey()
    .references(() => releases.id),
  state: text({ enum: notesStates }).notNull(),
  /** Rises with every change of it: a decision on what has changed meanwhile is refused. */
  revision: integer().notNull(),
  title: text().notNull(),
  body: text().notNull(),
  /** The digest of the scope that the text was written for. */
  scopeDigest: text().notNull(),
  writtenByName: text().notNull(),
  writtenAt: instant().notNull(),
  /** What was approved: the hash of that wording. Null: nothing. */
  approvedWording: text(),
  approvedByName: text(),
  approvedAt: instant(),
  publishedTo: text().$type<Audience>(),
  publishedByName: text(),
  publishedAt: instant(),
});
