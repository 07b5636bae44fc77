import { and, eq, isNull, ne, or } from 'drizzle-orm';
import type { Identity } from '../../core/people/identity.ts';
import { accountMatches } from '../schema/people.ts';
import type { Queries } from '../transaction.ts';

/** An account that may be that of the same person, and what was said of it on the asking side. */
export interface AccountMatch {
  other: Identity;
  answer: 'mine' | 'not_mine' | null;
}

/** What the holder of an account has been asked about, or has said. */
export async function findMatches(db: Queries, account: Identity): Promise<AccountMatch[]> {
  const { otherPlatform: platform, otherId: id, answer } = accountMatches;
  const rows = await db.select({ platform, id, answer }).from(accountMatches).where(isFrom(account));
  return rows.map(({ answer: said, ...other }) => ({ other, answer: said }));
}

/** The platforms on which an account may have the rights of its person, once that is confirmed. */
export async function findUnconfirmed(db: Queries, account: Identity): Promise<string[]> {
  const { answer, otherPlatform } = accountMatches;
  const rows = await db
    .selectDistinct({ platform: otherPlatform })
    .from(accountMatches)
    .where(and(isFrom(account), or(isNull(answer), ne(answer, 'not_mine'))))
    .orderBy(otherPlatform);
  return rows.map(({ platform }) => platform);
}

/** The row of a match as seen from one of its accounts. */
export function isMatch(own: Identity, { platform, id }: Identity) {
  return and(isFrom(own), eq(accountMatches.otherPlatform, platform), eq(accountMatches.otherId, id));
}

function isFrom({ platform, id }: Identity) {
  return and(eq(accountMatches.platform, platform), eq(accountMatches.platformId, id));
}
