import type { Clock } from '../../src/lib/clock.ts';
import {
  createPrometheusTextSource,
  type ScrapingMetricSource,
} from '../../src/metrics/prometheus-text/prometheus-text-source.ts';
import { type PageOptions, readMetricsPage } from '../../src/metrics/prometheus-text/read-page.ts';
import { PrometheusTextSettings } from '../../src/metrics/prometheus-text/schema.ts';

/** The settings of a source with nothing set but its address. */
export function defaultSettings(given: Partial<PrometheusTextSettings> = {}): PrometheusTextSettings {
  return PrometheusTextSettings.parse({ url: 'http://127.0.0.1:9/metrics', ...given });
}

/** What a page is read with by default. */
export const defaultPageOptions: PageOptions = defaultSettings();

/** A source that is given its pages in the time of a test, and reads them without a thread of its own. */
export function openSource(input: {
  settings?: Partial<PrometheusTextSettings>;
  clock: Pick<Clock, 'wall'>;
  fetchMetricsText: () => Promise<string>;
}): ScrapingMetricSource {
  const settings = defaultSettings(input.settings);
  const reader = {
    read: async (text: string) => readMetricsPage(text, settings),
    close: async () => undefined,
  };
  const { clock, fetchMetricsText } = input;
  return createPrometheusTextSource({ settings, clock, fetchMetricsText, reader });
}
