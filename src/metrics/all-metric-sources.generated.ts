// Written by `npm run registries` from what is beside it; do not edit.
import { metricSource as prometheusText } from './prometheus-text/index.ts';
import { metricSource as prometheus } from './prometheus/index.ts';

export const allMetricSources = [
  prometheusText,
  prometheus,
] as const;
