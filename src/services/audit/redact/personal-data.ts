import { eq, or, sql } from 'drizzle-orm';
import type { PersonalData } from '../../../core/audit/redacted-person.ts';
import { writeIdentity } from '../../../core/people/identity.ts';
import { loadActorNames } from '../../../db/queries/audit-events.ts';
import { signOffs, votes } from '../../../db/schema/go-no-go.ts';
import { identities, persons } from '../../../db/schema/people.ts';
import { releasePeople } from '../../../db/schema/release.ts';
import type { Queries } from '../../../db/transaction.ts';

/** By what a person is known: every name, address and account under which they are in the rows and in the trail. */
export async function loadPersonalData(db: Queries, personId: string): Promise<PersonalData> {
  const of = (table: typeof persons.id | typeof votes.personId | typeof identities.personId) =>
    eq(table, personId);
  const [own, held, voted, signed, accounts] = await Promise.all([
    db.select({ name: persons.name }).from(persons).where(of(persons.id)),
    db
      .select({ name: releasePeople.name, email: releasePeople.email })
      .from(releasePeople)
      .where(eq(releasePeople.personId, personId)),
    db.selectDistinct({ name: votes.personName }).from(votes).where(of(votes.personId)),
    db.selectDistinct({ name: signOffs.personName }).from(signOffs).where(eq(signOffs.personId, personId)),
    db.select().from(identities).where(of(identities.personId)),
  ]);
  const acted = await loadActorNames(
    db,
    accounts.map(({ platform, platformId: id }) => writeIdentity({ platform, id })),
  );
  return {
    names: distinct([...own, ...held, ...voted, ...signed].map(({ name }) => name).concat(acted)),
    emails: distinct([...held, ...accounts].flatMap(({ email }) => email ?? [])),
    // Records percent-encode what an account is called.
    accounts: distinct(accounts.flatMap(({ platformId: id }) => [id, encodeURIComponent(id)])),
  };
}

/** The people who have an e-mail address or an account: `rita@example.com`, `slack:U0RITA`. */
export async function findPersonsCalled(db: Queries, called: string): Promise<string[]> {
  const account = sql`${identities.platform} || ':' || ${identities.platformId}`;
  const [byAccount, byRole] = await Promise.all([
    db
      .selectDistinct({ id: identities.personId })
      .from(identities)
      .where(or(eq(identities.email, called.toLowerCase()), eq(account, called))),
    db
      .selectDistinct({ id: releasePeople.personId })
      .from(releasePeople)
      .where(eq(sql`lower(${releasePeople.email})`, called.toLowerCase())),
  ]);
  return distinct([...byAccount, ...byRole].map(({ id }) => id));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text.trim() !== ''))];
}
