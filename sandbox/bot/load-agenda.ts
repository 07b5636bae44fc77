import { asc, eq, inArray } from 'drizzle-orm';
import { timers } from '../../src/db/schema/outbox.ts';
import { communications, releases } from '../../src/db/schema/release.ts';
import type { Queries } from '../../src/db/transaction.ts';
import type { DueItem } from '../control-api.ts';

/** How far ahead is told. */
const longest = 60;

/** What a timer that is no item of the schedule does, in the words of somebody who waits for it. */
const titles: Record<string, string> = {
  'poll-close': 'Voting ends',
  'poll-escalate': 'Backups are asked to vote',
  'poll-remind': 'Voters are reminded',
  'draft-ask': 'An approval is asked for',
  'draft-remind': 'An approval is reminded of',
  'soak-over': 'The soak is over',
  'close-release': 'The follow-up ends',
  'resume-release': 'The pause ends',
  'lock-remind': 'Whoever holds the product lock is reminded',
  'condition-due': 'A condition is due',
  'request-expire': 'A request for approval lapses',
};

/** What the bot will do next, in order: the items of the schedule and whatever else is timed. */
export async function loadAgenda(db: Queries): Promise<DueItem[]> {
  const due = await db
    .select({ at: timers.dueAt, kind: timers.kind, subjectId: timers.subjectId, plan: releases.plan })
    .from(timers)
    .innerJoin(releases, eq(releases.id, timers.releaseId))
    .where(eq(timers.state, 'pending'))
    .orderBy(asc(timers.dueAt))
    .limit(longest);
  const ids = due.filter(({ kind }) => kind === 'communication').map(({ subjectId }) => subjectId);
  const items = await db
    .select({ id: communications.id, item: communications.item })
    .from(communications)
    .where(inArray(communications.id, ids));
  const byId = new Map(items.map(({ id, item }) => [id, item]));
  return due.map(({ at, kind, subjectId, plan }) => {
    const item = byId.get(subjectId);
    return {
      atMs: at.getTime(),
      kind: item?.kind ?? kind,
      title: item?.title ?? titles[kind] ?? kind.replaceAll('-', ' '),
      place: (item?.addresses ?? plan.channels.release)[0] ?? null,
    };
  });
}
