import { driverRegistry } from '../drivers/driver-registry.ts';
import { metricSourceRegistry } from '../metrics/metric-source-registry.ts';
import { notifierRegistry } from '../notifiers/notifier-registry.ts';

/** The kinds of adapters that a configuration can ask for. */
export interface AdapterRegistries {
  drivers: typeof driverRegistry;
  metrics: typeof metricSourceRegistry;
  notifiers: typeof notifierRegistry;
}

/** Those of the product. */
export const adapterRegistries: AdapterRegistries = {
  drivers: driverRegistry,
  metrics: metricSourceRegistry,
  notifiers: notifierRegistry,
};
