import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { createPrometheusTextSource } from './prometheus-text-source.ts';
import { PrometheusTextSettings } from './schema.ts';

/** A page in the Prometheus text format, scraped by tminus itself. */
export const metricSource = defineAdapter({
  name: 'prometheus-text',
  settings: PrometheusTextSettings,
  create: (settings, { clock }) => createPrometheusTextSource({ settings, clock }),
});
