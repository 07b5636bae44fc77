import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Agenda } from '../../core/tasks/person-agenda.ts';
import { TASK_KINDS, TASK_STATES, type TaskSettler } from '../../core/tasks/task.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** Something that somebody of a release has to do by an instant. */
export const tasks = pgTable(
  'tasks',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** Unique in its release, and the same when the release moves. */
    key: text().notNull(),
    kind: text({ enum: TASK_KINDS }).notNull(),
    /** The key of the checklist that it is an item of. */
    checklist: text(),
    title: text().notNull(),
    /** What has to be so for it to be done. */
    criteria: jsonb().$type<readonly string[]>().notNull(),
    owner: text().$type<RoleName>().notNull(),
    dueAt: instant().notNull(),
    settledBy: text().$type<TaskSettler>().notNull(),
    state: text({ enum: TASK_STATES }).notNull(),
    /** When the release got it: what was due before is not asked for. */
    addedAt: instant().notNull(),
    /** Who settled it; null: nobody, or tminus itself. */
    settledById: uuid().references(() => persons.id),
    settledByName: text(),
    settledAt: instant(),
    /** Why it is not applicable. */
    reason: text(),
    /** A page that shows that it is done. */
    evidence: text(),
    /** Nobody is reminded of it before this instant. */
    snoozedUntil: instant(),
    snoozedByName: text(),
  },
  (table) => [uniqueIndex('tasks_key').on(table.releaseId, table.key)],
);

/** How far somebody has heard of their tasks, by reminders and digests. The next one is a timer. */
export const agendas = pgTable('agendas', {
  personId: uuid()
    .primaryKey()
    .references(() => persons.id),
  /** Whatever was to be said until then has been. */
  heardUntil: instant().notNull(),
});

/** What somebody was told of their tasks at one time: a live card, with buttons for each task. */
export const taskMessages = pgTable(
  'task_messages',
  {
    id: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    kind: text({ enum: ['digest', 'reminder'] }).notNull(),
    sentAt: instant().notNull(),
    /** The ids of the tasks, by when they are due. */
    agenda: jsonb().$type<Agenda>().notNull(),
  },
  (table) => [index('task_messages_sent').on(table.sentAt)],
);
