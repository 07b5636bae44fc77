import { afterAll, beforeAll, expect, it } from 'vitest';
import { adapterRegistries } from '../../src/config/adapter-registries.ts';
import { lineText } from '../../src/core/card/line.ts';
import { allDrivers } from '../../src/drivers/all-drivers.generated.ts';
import { createAdapterRegistry } from '../../src/lib/create-adapter-registry.ts';
import { allNotifiers } from '../../src/notifiers/all-notifiers.generated.ts';
import type { DeploymentDriver } from '../../src/services/ports/deployment-driver.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import { allTestDrivers } from '../drivers/targets/all-test-drivers.generated.ts';
import { openTarget } from '../drivers/targets/integer-weights/integer-weights-target.ts';
import { allTestNotifiers } from '../notifiers/targets/all-test-notifiers.generated.ts';
import { outletNamed } from '../notifiers/targets/plain/index.ts';
import { eventually } from '../support/eventually.ts';
import { dana, goLive, planRelease, seePost, type } from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

/** The product's kinds, and those that the generated lists of the tests' folders have. */
const adapters = {
  drivers: createAdapterRegistry<DeploymentDriver>([...allDrivers, ...allTestDrivers]),
  metrics: adapterRegistries.metrics,
  notifiers: createAdapterRegistry<MessageChannel>([...allNotifiers, ...allTestNotifiers]),
};
const tminusYaml = `
notifiers:
  status: { type: plain, outlet: added }
drivers:
  proxy: { type: integer-weights, proxy: added }
`;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('socket', { adapters, tminusYaml });
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
  await type(app, dana, '/promote full');
  await seePost(app, new RegExp(`^${key}: promoted to 100 %`));
  expect(target.commands.at(-1)).toBe('weight 256');
  expect(app.demo.state().weight).toBe(0);
  await eventually(() => expect(shown().join('\n')).toContain(`web: ${key}: promoted to 100 %`));
});
