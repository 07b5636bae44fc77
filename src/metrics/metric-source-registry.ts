import { createAdapterRegistry } from '../lib/create-adapter-registry.ts';
import type { MetricSource } from '../services/ports/metric-source.ts';
import { allMetricSources } from './all-metric-sources.generated.ts';

/** Every kind of metric source: each is a folder beside this file. */
export const metricSourceRegistry = createAdapterRegistry<MetricSource>(allMetricSources);
