import * as z from 'zod';
import {
  createPrometheusTextSource,
  type ScrapingMetricSource,
} from './prometheus-text/prometheus-text-source.ts';

/** A page of metrics in the Prometheus text format, such as a service's own `/metrics`. */
const PrometheusTextConfig = z.strictObject({
  type: z.literal('prometheus-text'),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .refine((url) => !hasCredentials(url), 'must not hold a user name or password'),
});

/** Where metrics come from; a kind of source is a member of this union. */
export const MetricSourceConfig = z.discriminatedUnion('type', [PrometheusTextConfig]);
export type MetricSourceConfig = z.infer<typeof MetricSourceConfig>;

/** Makes the metric source that the configuration asks for; nothing is read until `start` or `read`. */
export function createMetricSource(config: MetricSourceConfig): ScrapingMetricSource {
  switch (config.type) {
    case 'prometheus-text':
      return createPrometheusTextSource({ url: config.url });
  }
}

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
