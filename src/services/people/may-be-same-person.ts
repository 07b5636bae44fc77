import { and, eq, isNull, ne, or } from 'drizzle-orm';
import { accountMatches, identities } from '../../db/schema/people.ts';
import type { Scope } from '../kernel/scope.ts';

/**
 * Whether the actor's account may be another one of a person, so that it takes somebody else to be a second person: two
 * accounts with one address of which nobody has denied that they are one person's.
 */
export async function mayBeSamePerson({ tx, ctx: { actor } }: Scope, personId: string): Promise<boolean> {
  if (actor.kind !== 'person') return false;
  const { platform, otherPlatform, platformId, otherId, answer } = accountMatches;
  const isActor = and(eq(platform, actor.identity.platform), eq(platformId, actor.identity.id));
  const isOther = and(eq(identities.platform, otherPlatform), eq(identities.platformId, otherId));
  const [match] = await tx
    .select({ platform })
    .from(accountMatches)
    .innerJoin(identities, isOther)
    .where(and(isActor, eq(identities.personId, personId), or(isNull(answer), ne(answer, 'not_mine'))))
    .limit(1);
  return match !== undefined;
}
