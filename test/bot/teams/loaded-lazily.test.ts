import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** The CommonJS modules that a fresh process holds once it has loaded this. */
async function loadedBy(statement: string): Promise<string[]> {
  const program = `${statement}; const m = await import('node:module'); console.log(JSON.stringify(Object.keys(m.default._cache)));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as string[];
}

const isOfTeams = (module: string) => /node_modules\/(botbuilder|botframework)/.test(module);

it('loads botbuilder with Teams, and with nothing else', async () => {
  expect((await loadedBy("await import('./src/app.ts')")).filter(isOfTeams)).toEqual([]);
  expect((await loadedBy("await import('./src/bot/teams/create-teams.ts')")).filter(isOfTeams)).not.toEqual([]);
});
