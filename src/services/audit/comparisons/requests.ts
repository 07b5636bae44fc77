import { eq, isNull, type SQL } from 'drizzle-orm';
import type { Stated } from '../../../core/audit/compare-with-trail.ts';
import { jsonOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
import type { TrailEvent } from '../../../core/audit/trail-event.ts';
import { requests } from '../../../db/schema/requests.ts';
import type { Queries } from '../../../db/transaction.ts';
import type { TrailComparison } from './comparison.ts';

/** Late changes and freezes had events of their own at first. */
const step = /^(second-person|change|freeze)\.(asked|requested|approved|refused|withdrawn|lapsed)$/;

const what = 'the request for a second person';

const apply: TrailComparison['apply'] = (things, event) => {
  const [, of, to] = step.exec(event.action) ?? [];
  const { subject } = event;
  if (subject === undefined || to === undefined) return [];
  if (to === 'asked') things.set(subject, asked(event));
  else if (to === 'requested')
    things.set(subject, askedEarly(event, of === 'change' ? 'change.request' : 'freeze.now'));
  else {
    const { name, by, reason } = event.details;
    const decided = { decidedBy: textOrNull(name ?? by), reason: textOrNull(reason) };
    const isEarlyFreeze = of === 'freeze';
    things.set(subject, { ...things.get(subject), state: to, ...(isEarlyFreeze ? {} : decided) });
  }
  return [subject];
};

function asked({ at, actor, details }: TrailEvent): Stated {
  return {
    ...{ act: textOf(details.act), input: jsonOf(details.input), askedBy: actor, askedAt: at },
    ...{ state: 'open', decidedBy: null, reason: null },
  };
}

/** Nothing was recorded when one of these came to nothing. */
function askedEarly({ at, details }: TrailEvent, act: string): Stated {
  const { kind, list, entry, reason } = details;
  const input = act === 'change.request' ? jsonOf({ kind, list, entry, reason }) : undefined;
  return { act, input, askedAt: at };
}

/** What somebody asked for that takes a second person, and what became of it. */
export const requestComparison: TrailComparison = {
  what,
  apply,
  rows: (db, releaseId) => rowsOf(db, eq(requests.releaseId, releaseId)),
};

/** The same of what is of no release. */
export const workspaceRequestComparison: TrailComparison = {
  what,
  about: ['freeze.', 'second-person.'],
  apply,
  rows: (db) => rowsOf(db, isNull(requests.releaseId)),
};

async function rowsOf(db: Queries, isMeant: SQL) {
  const rows = await db.select().from(requests).where(isMeant);
  return new Map(
    rows.map(({ id, act, input, platform, platformId, requestedAt, state, decidedByName, reason }) => [
      id,
      {
        ...{ act, input, askedBy: `${platform}:${platformId}`, askedAt: requestedAt.toISOString() },
        ...{ state, decidedBy: decidedByName, reason },
      },
    ]),
  );
}
