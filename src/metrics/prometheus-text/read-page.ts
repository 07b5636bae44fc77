import { type PrometheusSample, parsePrometheusText } from './prometheus-text.ts';
import {
  type RequestNames,
  type RequestSample,
  selectRequestSamples,
  tellsOfRequests,
} from './request-series.ts';

/** What one scrape of a page says. */
export interface MetricsPage {
  samples: RequestSample[];
  /** When the process behind the page started, in whatever unit it says; null when it does not say. */
  processStart: number | null;
}

export interface PageOptions extends RequestNames {
  /** A page with more series of the histogram is refused. */
  maxSeries: number;
}

/**
 * Makes sense of the text of a page. It has to be whole, and the series of the histogram have to be sound; what
 * else is on it is passed over.
 * @throws PrometheusTextError
 */
export function readMetricsPage(text: string, options: PageOptions): MetricsPage {
  const matters = tellsOfRequests(options);
  const samples = parsePrometheusText(text, { matters, maxSamples: options.maxSeries });
  return { samples: selectRequestSamples(samples, options), processStart: findProcessStart(text) };
}

/** Null on a page of several processes, too. */
function findProcessStart(text: string): number | null {
  try {
    const [first, ...others] = parsePrometheusText(text, { matters: tellsProcessStart, maxSamples: 1 });
    return first && others.length === 0 && isPlausible(first) ? first.value : null;
  } catch {
    return null;
  }
}

function tellsProcessStart(name: string): boolean {
  return name === 'process_start_time_seconds';
}

function isPlausible({ value }: PrometheusSample): boolean {
  return Number.isFinite(value) && value > 0;
}
