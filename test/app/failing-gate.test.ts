import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  click,
  dana,
  emil,
  expectIntactAudit,
  goLive,
  ines,
  openView,
  planRelease,
  posts,
  rita,
  seePost,
  seePrivately,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const key = 'web-2.4.0';
const criteria = '[{ metric: error-rate, below: 0.1, window: PT3S, minRequests: 20 }]';
const failing = /^🔴 Web shop 2\.4\.0 at 50 %: FAILING\./u;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('socket');
  await planRelease(app, {
    key,
    phases: `[{ trafficPercent: 50, soak: PT1H, criteria: ${criteria} }, { trafficPercent: 100 }]`,
  });
  await goLive(app, key);
  await type(app, dana, `/promote ${key} --yes`);
  await seePost(app, /^web-2.4.0: started with 50 %/);
  app.demo.change({ load: 100 });
  await seePost(app, /🟢 Error rate/u);
}, 60_000);
afterAll(() => app.stop());

it('is told in the channel, to those who can act, with a way back', async () => {
  app.demo.change({ faulty: true });
  const told = await seePost(app, failing);
  expect(wordsOf(told)).toMatch(/Error rate \d+\.\d\d %, must be below 0\.1 %; the old version has 0\.00 %/);
  expect(wordsOf(told)).toContain(`@${rita}, @${dana}, @${emil}: roll back, or say here why not.`);
  expect(wordsOf(told)).toContain('[Roll back…]');
});

it('offers the rollback to nobody else', async () => {
  const { channel, ts } = await seePost(app, failing);
  await click(app, ines, 'roll-back', { channel, ts });
  await seePrivately(app, ines, "You can't roll back web-2.4.0.");
});

it('ends with a click, and is told once', async () => {
  const { channel, ts } = await seePost(app, failing);
  await click(app, emil, 'roll-back', { channel, ts });
  expect((await openView(app, emil)).title).toBe('Roll back');
  await submit(app, emil, { reason: 'A third of the checkouts fail.' });
  await seePost(app, /^web-2\.4\.0: rolled back$/);
  expect(app.demo.state().weight).toBe(0);
  expect((await posts(app)).filter(({ text }) => failing.test(text))).toHaveLength(1);
  await expectIntactAudit(app);
});
