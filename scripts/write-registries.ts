import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { listEntries } from './list-entries.ts';
import { registries } from './registries.ts';

/** Writes the list of every registry. With `--check`: fails, and writes nothing, when one is stale. */
const stale = registries
  .map((registry) => listEntries(registry))
  .filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text);

if (!process.argv.includes('--check')) {
  for (const { file, text } of stale) writeFileSync(file, text);
  console.log(
    stale.length > 0 ? `Wrote ${stale.map(({ file }) => file).join(', ')}` : 'Every list is up to date.',
  );
} else if (stale.length > 0) {
  console.error(`Stale: ${stale.map(({ file }) => file).join(', ')}. Run "npm run registries".`);
  process.exitCode = 1;
}
