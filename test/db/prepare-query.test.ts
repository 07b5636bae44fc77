import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { prepareQuery } from '../../src/db/prepare-query.ts';
import { persons } from '../../src/db/schema/people.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';

let home: TestDatabase;
let database: Database;
beforeAll(async () => {
  home = await createTestDatabase();
  database = await openDatabase({ url: home.url, max: 4, log: silentLog });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

const findPerson = prepareQuery('person by id', (db) =>
  db
    .select()
    .from(persons)
    .where(eq(persons.id, sql.placeholder('id'))),
);
const person = { id: '00000000-0000-4000-8000-000000000001', name: 'Rita', redactedAt: null };

it('asks on the connection of each transaction, and sees what that one wrote', async () => {
  const written = withTransaction(database, async (tx) => {
    await tx.insert(persons).values(person);
    const outside = await Promise.all([1, 2, 3].map(() => findPerson(database, { id: person.id })));
    return { inside: await findPerson(tx, { id: person.id }), outside };
  });
  expect(await written).toEqual({ inside: [person], outside: [[], [], []] });
  expect(await findPerson(database, { id: person.id })).toEqual([person]);
});

it('is prepared once on each connection, under its name', async () => {
  const prepared = await withTransaction(database, async (tx) => {
    for (let times = 0; times < 3; times += 1) await findPerson(tx, { id: person.id });
    return tx.execute(`select name from pg_prepared_statements where name = 'person by id'`);
  });
  expect(prepared.rows).toHaveLength(1);
});

it('is refused through a transaction that has ended, as everything is', async () => {
  const { tx } = await withTransaction(database, async (ended) => ({ tx: ended }));
  await expect(findPerson(tx, { id: person.id })).rejects.toThrow();
});
