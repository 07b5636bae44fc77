import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineText } from '../../src/core/card/line.ts';
import { openTarget } from '../drivers/targets/integer-weights/integer-weights-target.ts';
import { outletNamed } from '../notifiers/targets/plain/index.ts';
import { eventually } from '../support/eventually.ts';
import { testAdapters } from '../support/test-adapters.ts';
import { dana, goLive, planRelease, seePost, type } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const tminusYaml = `
notifiers:
  status: { type: plain, outlet: added }
drivers:
  proxy: { type: integer-weights, proxy: added }
`;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('socket', { adapters: testAdapters, tminusYaml });
});
afterAll(() => app.stop());

it('a message channel and a driver that are each one folder carry a release, by configuration alone', async () => {
  const target = openTarget('added', () => app.clock.now());
  const key = await planRelease(app, {
    driver: 'proxy',
    phases: '[{ trafficPercent: 100 }]',
    more: `channels: { release: ["#release-deployment", "status:web"] }\n`,
  });
  const outlet = outletNamed('added');
  const shown = () => outlet.messages.map(({ id, card }) => `${id}: ${lineText(card.summary)}`);
  await eventually(() => expect(shown()[0]).toContain(`web: ${key} is planned for`));
  await goLive(app, key);
  await type(app, dana, '/promote full --yes');
  await seePost(app, new RegExp(`^${key}: at 100 %, live for everyone`));
  expect(target.commands.at(-1)).toBe('weight 256');
  expect(app.demo.state().weight).toBe(0);
  await eventually(() => expect(shown().join('\n')).toContain(`web: ${key}: at 100 %, live for everyone`));
});
