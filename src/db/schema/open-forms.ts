import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FormMetadata } from '../../core/card/form.ts';
import { instant } from './columns.ts';
import { releases } from './release.ts';

/**
 * Forms about a release that people have open, where a platform lets an open one be changed. Each is the subject of a
 * live card, which says so when the form can't be submitted any more.
 */
export const openForms = pgTable(
  'open_forms',
  {
    /** The same as the `subjectId` of its live card. */
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** As in `Form.name`. */
    name: text().notNull(),
    metadata: jsonb().$type<FormMetadata>().notNull(),
    /** Wall clock. */
    openedAt: instant().notNull(),
  },
  (table) => [index('open_forms_opened').on(table.openedAt)],
);
