import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const journal = z.object({
  entries: z.array(z.object({ idx: z.number(), tag: z.string(), when: z.number() })),
});

function readJournal(migrationsFolder: string) {
  const file = path.join(migrationsFolder, 'meta', '_journal.json');
  return journal.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** When the newest migration of this version was made, epoch ms. Drizzle writes it down as it is applied. */
export function newestMigration(migrationsFolder: string): number {
  return Math.max(...readJournal(migrationsFolder).entries.map(({ when }) => when));
}

/**
 * Checks that each migration is younger than the one before it. Drizzle compares only with the youngest one
 * applied, and would pass over an older newcomer (two branches merged, say) without a word.
 * @throws Error naming the migration.
 */
export function checkJournal(migrationsFolder: string): void {
  const { entries } = readJournal(migrationsFolder);
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    if (!before || entry.when > before.when) return;
    throw new Error(
      `Migration ${entry.tag} is not younger than ${before.tag}, so it would never be applied. ` +
        'Remove it and generate it again with `npm run db:generate`.',
    );
  });
}
