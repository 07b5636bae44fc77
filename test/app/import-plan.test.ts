import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planCommand } from '../../src/cli/plan.ts';
import { eventually } from '../support/eventually.ts';
import { runAlone } from '../support/start-postgres.ts';
import { audit, planYaml } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startTestApp('http');
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-import-'));
  await writeFile(path.join(folder, 'tminus.yaml'), 'releaseCreators: [rita@example.com]\n');
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

/** Runs `tminus plan import release.yaml …` beside the bot that runs. */
async function importPlan(yaml: string, flags: string[] = [], changes: NodeJS.ProcessEnv = {}) {
  const result = { out: '', error: '', code: 0 };
  const command = planCommand({
    env: {
      DATABASE_URL: app.database.url,
      TMINUS_DATA_DIR: app.dataDir,
      SLACK_BOT_TOKEN: 'xoxb-tests',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: app.workspace.apiUrl,
      ...changes,
    },
    write: (text) => {
      result.out += text;
    },
    writeError: (text) => {
      result.error += text;
    },
    readHead: async () => Buffer.from(yaml),
    now: () => app.clock.now(),
    setExitCode: (code) => {
      result.code = code;
    },
  });
  const config = ['--config', path.join(folder, 'tminus.yaml')];
  await command.parseAsync(['import', 'release.yaml', ...config, ...flags], { from: 'user' });
  return result;
}

/** Ahead of the database's clock, by which the command goes. */
const plan = (key: string) =>
  planYaml(app, { key })
    .replace(/driver: \S+\n/, '')
    .replace(/date: [\d-]+/, 'date: 2097-03-20');

it('plans as an operator, and the bot that runs posts it', async () => {
  const { out, code } = await importPlan(plan('ops-1.0'));
  expect({ out, code }).toEqual({
    out: expect.stringMatching(/^ops-1\.0 is planned; go-live is Wed 20 Mar 2097/),
    code: 0,
  });
  expect((await audit(app, 'ops-1.0'))[0]).toMatchObject({
    action: 'release.created',
    actor: expect.stringMatching(/^operator:/),
  });
  await eventually(async () => {
    const messages = await app.control.messages('C0RELEASE');
    expect(messages.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('ops-1.0 is planned for'),
    );
  }, 20_000);
});

it('plans as somebody who may, and refuses who may not, a key that is taken and who is not there', async () => {
  expect((await importPlan(plan('rita-1.0'), ['--as', 'rita@example.com'])).code).toBe(0);
  expect((await audit(app, 'rita-1.0'))[0]).toMatchObject({ actor: 'slack:U0RITA' });
  expect(await importPlan(plan('ines-1.0'), ['--as', 'ines@example.com'])).toEqual({
    out: '',
    error: expect.stringMatching(/You can't plan releases\.\nWho can: Rita Moreno\./),
    code: 1,
  });
  expect(await importPlan(plan('lost-1.0'), ['--as', 'nobody@example.com'])).toMatchObject({
    error: expect.stringContaining(
      'Nobody in the workspace has the e-mail address nobody@example.com. Check --as.',
    ),
    code: 1,
  });
  expect(await importPlan(plan('rita-1.0'))).toMatchObject({
    error: expect.stringContaining('There is already a release "rita-1.0".'),
    code: 1,
  });
});

it('changes the plan of a release, as long as it may be, and says what that does', async () => {
  await importPlan(plan('long-1.0'));
  const items = Array.from({ length: 200 }, (_, index) => `    - Item ${index} ${'x'.repeat(120)}\n`).join(
    '',
  );
  const longer = `${plan('long-1.0')}scope:\n  fixes:\n${items}`;
  expect(longer.length).toBeGreaterThan(18_000);
  const { out, error, code } = await importPlan(longer, ['--change']);
  expect({ out, error, code }).toEqual({
    out: expect.stringMatching(
      /^The plan of long-1\.0 was changed: .+\.\nVotes and decisions stay as they are\.\n$/,
    ),
    error: '',
    code: 0,
  });
  expect(await audit(app, 'long-1.0')).toContainEqual(
    expect.objectContaining({ action: 'release.edited', actor: expect.stringMatching(/^operator:/) }),
  );
  expect(await importPlan(longer, ['--change'])).toMatchObject({
    error: expect.stringContaining('long-1.0 already has exactly this plan.'),
    code: 1,
  });
  expect(await importPlan(longer, ['--change', '--as', 'ines@example.com'])).toMatchObject({
    error: expect.stringContaining('Who can: '),
    code: 1,
  });
  expect(await importPlan(plan('none-1.0'), ['--change'])).toMatchObject({
    error: expect.stringContaining('none-1.0'),
    code: 1,
  });
});

it('says what is wrong with the plan, its people and channels, and plans nothing', async () => {
  const stranger = plan('odd-1.0').replace('dana@', 'nobody@');
  expect(await importPlan(stranger)).toMatchObject({
    error: expect.stringMatching(/odd-1\.0 was not planned\.\n {2}.*nobody@example\.com/),
    code: 1,
  });
  expect(await importPlan('release: [')).toMatchObject({
    error: expect.stringContaining('release.yaml:1:'),
    code: 1,
  });
});

/** The environment of a command whose database is ahead of time by an interval. */
async function aheadBy(interval: string): Promise<NodeJS.ProcessEnv> {
  const schema = 'create schema if not exists ahead';
  const clock = `create or replace function ahead.clock_timestamp() returns timestamptz language sql as
    $$ select pg_catalog.clock_timestamp() + interval '${interval}' $$`;
  for (const statement of [schema, clock]) await runAlone(app.database.url, statement);
  const url = new URL(app.database.url);
  url.searchParams.set('options', '-c search_path=ahead,pg_catalog,public');
  return { DATABASE_URL: url.href };
}

it("goes by the database's clock, which the machine's may be behind", async () => {
  const halfAnHourAhead = new Date(Date.now() + 30 * 60_000).toISOString();
  const soon = plan('soon-1.0')
    .replace(/date: [\d-]+/, `date: ${halfAnHourAhead.slice(0, 10)}`)
    .replace(/time: "[\d:]+"/, `time: "${halfAnHourAhead.slice(11, 16)}"`)
    .replace(/zone: \S+?(?=[ ,}\n])/, 'zone: UTC');
  expect(await importPlan(soon, [], await aheadBy('1 hour'))).toEqual({
    out: '',
    error: expect.stringContaining('which has passed'),
    code: 1,
  });
});

it('changes the channels of a release whose go-live has passed', async () => {
  await importPlan(plan('late-1.0'));
  const moved = `${plan('late-1.0')}channels: { support: ["#all-hands"] }\n`;
  const later = await aheadBy('90 years');
  expect(await importPlan(moved, [], later)).toMatchObject({
    error: expect.stringContaining('which has passed'),
    code: 1,
  });
  expect(await importPlan(moved, ['--change'], later)).toEqual({
    out: expect.stringMatching(/^The plan of late-1\.0 was changed: channels\.\n/),
    error: '',
    code: 0,
  });
});

it('says what of its surroundings is missing', async () => {
  const nowhere = { DATABASE_URL: '', TMINUS_DATA_DIR: '/nowhere' };
  await expect(importPlan(plan('a-1.0'), [], nowhere)).rejects.toThrow(
    'There is no running tminus in /nowhere.',
  );
  await expect(importPlan(plan('a-1.0'), [], { SLACK_BOT_TOKEN: 'xoxb-wrong' })).rejects.toThrow(
    'Slack refuses SLACK_BOT_TOKEN (invalid_auth).',
  );
  expect(await importPlan(plan('a-1.0'), [], { SLACK_BOT_TOKEN: '' })).toEqual({
    out: '',
    error: expect.stringContaining('Neither SLACK_BOT_TOKEN nor TEAMS_APP_ID is set'),
    code: 2,
  });
});
