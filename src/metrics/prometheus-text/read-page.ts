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
 * Makes sense of the text of a page. It has to be whole. A series of the histogram that is not sound is there with its
 * problem; without a version it is passed over, as is what else is on the page.
 * @throws Error
 */
export function readMetricsPage(text: string, options: PageOptions): MetricsPage {
  const matters = tellsOfRequests(options);
  const samples = parsePrometheusText(text, { matters, maxSamples: options.maxSeries });
  return { samples: selectRequestSamples(samples, options), processStart: findProcessStart(text) };
}

const processStartLine = /(?<=^|\n)[ \t]*process_start_time_seconds(?![\w:])[^\n]*\n/g;

/** Null on a page of several processes, too, and where the line is wrong: nothing else depends on it. */
function findProcessStart(text: string): number | null {
  const [line, ...others] = text.match(processStartLine) ?? [];
  if (line === undefined || others.length > 0) return null;
  try {
    const [sample] = parsePrometheusText(line, { matters: () => true, maxSamples: 1 });
    return sample && isPlausible(sample) ? sample.value : null;
  } catch {
    return null;
  }
}

function isPlausible({ value }: PrometheusSample): boolean {
  return Number.isFinite(value) && value > 0;
}
