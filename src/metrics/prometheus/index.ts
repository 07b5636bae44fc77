import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { createPrometheusSource } from './prometheus-source.ts';
import { PrometheusSettings } from './schema.ts';

/** A Prometheus server, asked by its HTTP API. */
export const metricSource = defineAdapter({
  name: 'prometheus',
  settings: PrometheusSettings,
  create: (settings, { clock }) => createPrometheusSource({ settings, clock }),
});
