import { type PrometheusSample, parsePrometheusNumber, seriesKey } from './prometheus-text.ts';

/** The histogram of request durations in seconds that tminus reads, with its labels. */
const histogramName = 'http_request_duration_seconds';
const versionLabel = 'version';
const codeLabel = 'code';
const serverErrorCode = /^5(?:\d\d|xx)$/i;

/** What one counter of a version's request histogram counts. */
export type RequestCounter =
  /** Requests; `outcome` is unknown when the series has no HTTP code. */
  | { kind: 'requests'; outcome: 'ok' | 'server-error' | 'unknown' }
  /** Requests that took at most `upperBound` seconds; NaN when the bound can't be read. */
  | { kind: 'bucket'; upperBound: number };

export interface RequestSample {
  /** Identity of the series, the same in every scrape. */
  key: string;
  version: string;
  counter: RequestCounter;
  value: number;
}

const countName = `${histogramName}_count`;
const bucketName = `${histogramName}_bucket`;

/** Whether series of this name tell of requests; what else is on a page is not read. */
export function tellsOfRequests(name: string): boolean {
  return name === countName || name === bucketName;
}

/** Of all samples on a page, those that count requests by version. */
export function selectRequestSamples(samples: readonly PrometheusSample[]): RequestSample[] {
  return samples.flatMap((sample) => {
    const version = sample.labels.get(versionLabel);
    const counter = readCounter(sample);
    if (version === undefined || counter === undefined) return [];
    return [{ key: seriesKey(sample), version, counter, value: sample.value }];
  });
}

function readCounter({ name, labels }: PrometheusSample): RequestCounter | undefined {
  if (name === countName) return { kind: 'requests', outcome: readOutcome(labels.get(codeLabel)) };
  if (name !== bucketName) return undefined;
  return { kind: 'bucket', upperBound: parsePrometheusNumber(labels.get('le') ?? '') ?? Number.NaN };
}

function readOutcome(code: string | undefined): 'ok' | 'server-error' | 'unknown' {
  if (code === undefined || code === '') return 'unknown';
  return serverErrorCode.test(code) ? 'server-error' : 'ok';
}
