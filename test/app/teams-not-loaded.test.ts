import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Counts the modules of botbuilder in a fresh process: with all that runs Slack, and with what runs Teams as well. */
const program = `
  const { default: module } = await import('node:module');
  const count = () => Object.keys(module._cache).filter((file) => /node_modules\\/(botbuilder|botframework)/.test(file)).length;
  await import('./src/app.ts');
  const withSlack = count();
  await import('./src/bot/teams/create-teams.ts');
  console.log(JSON.stringify({ withSlack, isLoadedWithTeams: count() > 0 }));
`;

it('loads botbuilder with Teams, and with nothing else', async () => {
  const options = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  expect(JSON.parse(stdout)).toEqual({ withSlack: 0, isLoadedWithTeams: true });
});
