import {
  createOutcomeReader,
  type OutcomeRule,
  type RequestOutcome,
} from '../../core/metrics/request-outcome.ts';
import { type PrometheusSample, parsePrometheusNumber, seriesKey } from './prometheus-text.ts';

/** Where a page tells of requests: a histogram of durations in seconds with two labels, and what its codes mean. */
export interface RequestNames extends OutcomeRule {
  histogram: string;
  versionLabel: string;
  codeLabel: string;
}

/** What one counter of a version's request histogram counts. */
export type RequestCounter =
  /** Requests that ended with this code, which is empty when the series has none. */
  | { kind: 'requests'; outcome: RequestOutcome; code: string }
  /** Requests that took at most `upperBound` seconds; NaN when the bound can't be read. */
  | { kind: 'bucket'; upperBound: number };

export interface RequestSample {
  /** Identity of the series, the same in every scrape. */
  key: string;
  version: string;
  counter: RequestCounter;
  value: number;
  /** What is wrong with the series, as a clause; its value is no number then. */
  problem?: string;
}

/** Whether series of this name tell of requests; what else is on a page is not read. */
export function tellsOfRequests({ histogram }: Pick<RequestNames, 'histogram'>): (name: string) => boolean {
  const names = new Set([`${histogram}_count`, `${histogram}_bucket`]);
  return (name) => names.has(name);
}

/**
 * Of all samples on a page, those that count requests by version.
 * @throws Error when one has a problem before its version
 */
export function selectRequestSamples(
  samples: readonly PrometheusSample[],
  names: RequestNames,
): RequestSample[] {
  const readOutcome = createOutcomeReader(names);
  return samples.flatMap((sample) => {
    const version = sample.labels.get(names.versionLabel);
    if (version === undefined && sample.lacksLabels) throw new Error(sample.problem);
    const counter = readCounter({ sample, names, readOutcome });
    if (version === undefined || counter === undefined) return [];
    const { value, problem } = sample;
    return [{ key: seriesKey(sample), version, counter, value, ...(problem !== undefined && { problem }) }];
  });
}

function readCounter(input: {
  sample: PrometheusSample;
  names: RequestNames;
  readOutcome: (code: string) => RequestOutcome;
}): RequestCounter | undefined {
  const { sample, names, readOutcome } = input;
  const { name, labels } = sample;
  if (name === `${names.histogram}_count`) {
    const code = labels.get(names.codeLabel) ?? '';
    return { kind: 'requests', outcome: readOutcome(code), code };
  }
  if (name !== `${names.histogram}_bucket`) return undefined;
  return { kind: 'bucket', upperBound: parsePrometheusNumber(labels.get('le') ?? '') ?? Number.NaN };
}
