import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditCommand } from '../../../src/cli/audit/audit.ts';
import { newPrivateKey } from '../../../src/core/audit/audit-keys.ts';
import { describeDatabase } from '../../../src/db/describe-database.ts';
import { createTestDatabase, type TestDatabase } from '../../support/services.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs `tminus audit …` on the database; what it wrote to each stream. */
async function run(...words: string[]) {
  const written = { out: [] as string[], error: [] as string[] };
  const command = auditCommand({
    env: { DATABASE_URL: database.url, TMINUS_AUDIT_KEY: newPrivateKey() },
    print: (line) => void written.out.push(line),
    printError: (line) => void written.error.push(line),
  });
  await command.parseAsync(words, { from: 'user' });
  return written;
}

it('says which database it read, and keeps an export free of it', async () => {
  const place = `${describeDatabase(database.url)} (DATABASE_URL)`;
  expect(place).toMatch(/^[^:@]+:\d+\/test_\w+ \(DATABASE_URL\)$/);
  expect(await run('verify')).toEqual({
    out: [`Read from ${place}.`, '0 events in 0 chains: intact'],
    error: [],
  });
  expect(await run('export')).toEqual({ out: [], error: [`Reading ${place}.`] });
});
