import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { deliveries } from '../../src/db/schema/outbox.ts';
import { testRedisUrl } from '../support/services.ts';
import { audit, ines, rita, type, wordsOf } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('http', { tminusYaml: 'channels: { executives: "#leadership" }' });
});
afterAll(() => app.stop());

/** `tminus doctor` beside the running bot, with these lines in `tminus.yaml` and these variables besides its own. */
async function run(yaml: string, env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tminus-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'tminus.yaml');
  await writeFile(file, yaml);
  const outcome = { code: -1, said: '' };
  const command = doctorCommand({
    env: {
      SLACK_BOT_TOKEN: 'xoxb-tests',
      SLACK_SIGNING_SECRET: 'a-secret',
      SLACK_API_URL: app.workspace.apiUrl,
      DATABASE_URL: app.database.url,
      TMINUS_DATA_DIR: app.dataDir,
      ...env,
    },
    write: (text) => {
      outcome.said += `${text}\n`;
    },
    setExitCode: (code) => {
      outcome.code = code;
    },
  });
  await command.parseAsync(['--config', file], { from: 'user' });
  return outcome;
}

const creators = 'releaseCreators: [rita@example.com]\n';

it('finds nothing wrong where nothing is, and looks at everything', async () => {
  const { adminUrl, adminToken, metricsUrl } = app.demo;
  const demo = `drivers: { demo: { type: demo, adminUrl: "${adminUrl}", token: "${adminToken}" } }
metrics: { demo: { type: prometheus-text, url: "${metricsUrl}" } }
`;
  const { code, said } = await run(`${creators}channels: { support: "#support" }\n${demo}`, {
    REDIS_URL: testRedisUrl(),
  });
  for (const part of [
    'Configuration',
    'Processes: 1 is running',
    'Schedule and messages: Nothing is late',
    'Slack: It lets tminus in',
    'Channels: tminus can post',
    'Release creators: All',
    'Target demo: It answers',
    'Metrics demo: It can be read',
  ])
    expect(said).toContain(`ok      ${part}`);
  // How soon they answer is the machine's affair.
  expect(said).toMatch(/^(ok|look) +Database: PostgreSQL \d+/m);
  expect(said).toMatch(/^(ok|look) +Redis: /m);
  expect(code).toBe(0);
});

it('says what is broken, and what to do', async () => {
  const { code, said } = await run(
    `channels: { support: "#nowhere" }
drivers: { gone: { type: demo, adminUrl: "http://127.0.0.1:1", token: t } }
metrics: { gone: { type: prometheus-text, url: "http://127.0.0.1:1/metrics" } }
notifiers: { mail: { type: email, from: releases@example.com, server: { host: 127.0.0.1, port: 1, security: none } } }
`,
    { REDIS_URL: 'redis://:hunter2@127.0.0.1:1' },
  );
  expect(said).toMatch(/^BROKEN {2}Redis: It can't be used: .*Check REDIS_URL/m);
  expect(said).toMatch(/^BROKEN {2}Channel #nowhere: tminus sees no such channel\. Create it, or invite/m);
  expect(said).toMatch(/^look {4}Target gone: .*Nothing has been released there yet/m);
  expect(said).toMatch(/^BROKEN {2}Metrics gone: It can't be read: /m);
  expect(said).toMatch(/^BROKEN {2}Notifier mail: /m);
  expect(said).toMatch(/^look {4}Release creators: Nobody may plan a release\./m);
  expect(said).not.toContain('hunter2');
  expect(said.trim().split('\n').at(-1)).toMatch(/^Something is wrong with /);
  expect(code).toBe(1);
});

it('stops at a configuration that can not be read, and names the place', async () => {
  const { code, said } = await run('drivers: { demo: { type: dmo } }');
  expect(said).toMatch(/^BROKEN {2}Configuration: .*tminus\.yaml/m);
  expect(said).not.toContain('Database');
  expect(code).toBe(1);
});

it('says what a refused token means', async () => {
  const { code, said } = await run(creators, { SLACK_BOT_TOKEN: 'xoxb-of-nobody' });
  expect(said).toMatch(/^BROKEN {2}Start: .*SLACK_BOT_TOKEN/m);
  expect(said).not.toContain('xoxb-of-nobody');
  expect(code).toBe(1);
});

it('tells whoever plans releases the same in the chat, the worst first', async () => {
  const destination = { channel: 'slack', kind: 'channel', id: 'C0GONE' } as const;
  await app.app.services.db.insert(deliveries).values({
    ...{ id: crypto.randomUUID(), destination, subject: 'note', state: 'unknown' },
    createdAt: new Date(app.clock.now()),
  });
  const said = wordsOf((await type(app, rita, '/release doctor')).message);
  expect(said).toMatch(/^Nothing is broken; look at Messages/);
  expect(said).toContain('Of 1 message nobody knows whether it arrived.');
  expect(said).toMatch(/Slack: It lets tminus in\./);
});

it('tells nobody else, and notes that they asked', async () => {
  const said = wordsOf((await type(app, ines, '/release doctor')).message);
  expect(said).toContain("You can't look into how tminus itself is doing.");
  expect((await audit(app)).at(-1)).toMatchObject({ action: 'request.refused' });
});
