import { driverRegistry } from '../drivers/driver-registry.ts';
import type { AdapterRegistry } from '../lib/create-adapter-registry.ts';
import { metricSourceRegistry } from '../metrics/metric-source-registry.ts';
import { notifierRegistry } from '../notifiers/notifier-registry.ts';
import type { DeploymentDriver } from '../services/ports/deployment-driver.ts';
import type { MessageChannel } from '../services/ports/message-channel.ts';
import type { MetricSource } from '../services/ports/metric-source.ts';

/** The kinds of adapters that a configuration can ask for. */
export interface AdapterRegistries {
  drivers: AdapterRegistry<DeploymentDriver>;
  metrics: AdapterRegistry<MetricSource>;
  notifiers: AdapterRegistry<MessageChannel>;
}

/** Those of the product. */
export const adapterRegistries: AdapterRegistries = {
  drivers: driverRegistry,
  metrics: metricSourceRegistry,
  notifiers: notifierRegistry,
};
