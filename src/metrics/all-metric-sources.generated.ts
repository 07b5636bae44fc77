// Written by `npm run registries` from what is beside it; do not edit.
import { metricSource as prometheusText } from './prometheus-text/index.ts';

export const allMetricSources = [
  prometheusText,
] as const;
