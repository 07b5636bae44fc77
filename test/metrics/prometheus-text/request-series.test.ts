import { describe, expect, it } from 'vitest';
import { parsePrometheusText } from '../../../src/metrics/prometheus-text/prometheus-text.ts';
import { selectRequestSamples } from '../../../src/metrics/prometheus-text/request-series.ts';

function selectCounters(line: string) {
  return selectRequestSamples(parsePrometheusText(`${line}\n`)).map(({ version, counter }) => ({
    version,
    counter,
  }));
}

describe('selectRequestSamples', () => {
  it.each([
    ['code="200"', 'ok'],
    ['code="404"', 'ok'],
    ['code="500"', 'server-error'],
    ['code="503"', 'server-error'],
    ['code="5xx"', 'server-error'],
    ['code="5000"', 'ok'],
    ['code=""', 'unknown'],
    ['method="GET"', 'unknown'],
  ])('reads a count with %s as %s', (labels, outcome) => {
    expect(selectCounters(`http_request_duration_seconds_count{version="1",${labels}} 3`)).toEqual([
      { version: '1', counter: { kind: 'requests', outcome } },
    ]);
  });

  it.each([
    ['0.25', 0.25],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['much', Number.NaN],
    ['', Number.NaN],
  ])('reads a bucket up to %j', (le, upperBound) => {
    expect(selectCounters(`http_request_duration_seconds_bucket{version="1",le="${le}"} 3`)).toEqual([
      { version: '1', counter: { kind: 'bucket', upperBound } },
    ]);
  });

  it.each([
    'http_request_duration_seconds_count{code="200"} 3',
    'http_request_duration_seconds_sum{version="1",code="200"} 3',
    'http_requests_total{version="1",code="200"} 3',
  ])('leaves out %s', (line) => {
    expect(selectCounters(line)).toEqual([]);
  });
});
