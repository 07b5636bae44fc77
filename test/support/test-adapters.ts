import { type AdapterRegistries, adapterRegistries } from '../../src/config/adapter-registries.ts';
import { allDrivers } from '../../src/drivers/all-drivers.generated.ts';
import { createAdapterRegistry } from '../../src/lib/create-adapter-registry.ts';
import { allNotifiers } from '../../src/notifiers/all-notifiers.generated.ts';
import type { DeploymentDriver } from '../../src/services/ports/deployment-driver.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import { allTestDrivers } from '../drivers/targets/all-test-drivers.generated.ts';
import { allTestNotifiers } from '../notifiers/targets/all-test-notifiers.generated.ts';

/** The product's kinds of adapters, and those that are folders of the tests. */
export const testAdapters: AdapterRegistries = {
  ...adapterRegistries,
  drivers: createAdapterRegistry<DeploymentDriver>([...allDrivers, ...allTestDrivers]),
  notifiers: createAdapterRegistry<MessageChannel>([...allNotifiers, ...allTestNotifiers]),
};
