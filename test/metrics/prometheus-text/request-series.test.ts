import { describe, expect, it } from 'vitest';
import { parsePrometheusText } from '../../../src/metrics/prometheus-text/prometheus-text.ts';
import {
  type RequestNames,
  selectRequestSamples,
} from '../../../src/metrics/prometheus-text/request-series.ts';
import { defaultPageOptions } from '../open-source.ts';

function selectCounters(line: string, names: RequestNames = defaultPageOptions) {
  return selectRequestSamples(
    parsePrometheusText(`${line}\n`, { matters: () => true, maxSamples: 1 }),
    names,
  ).map(({ version, counter }) => ({
    version,
    counter,
  }));
}

describe('selectRequestSamples', () => {
  it.each([
    ['200', 'success'],
    ['404', 'client-error'],
    ['503', 'error'],
    ['', 'unknown'],
  ])('reads a count with the code %j as %s', (code, outcome) => {
    expect(selectCounters(`http_request_duration_seconds_count{version="1",code="${code}"} 3`)).toEqual([
      { version: '1', counter: { kind: 'requests', outcome, code } },
    ]);
  });

  it('reads a count without a code as one that is empty', () => {
    expect(selectCounters('http_request_duration_seconds_count{version="1",method="GET"} 3')).toEqual([
      { version: '1', counter: { kind: 'requests', outcome: 'unknown', code: '' } },
    ]);
  });

  it('finds them under other names, with other codes', () => {
    const names: RequestNames = {
      histogram: 'rpc_seconds',
      versionLabel: 'build',
      codeLabel: 'grpc_code',
      codes: { 0: 'success' },
      otherCodes: 'error',
    };
    const counters = ['0', '13'].flatMap((code) =>
      selectCounters(`rpc_seconds_count{build="1",grpc_code="${code}"} 3`, names),
    );
    expect(
      counters.map(({ version, counter }) => [version, 'outcome' in counter && counter.outcome]),
    ).toEqual([
      ['1', 'success'],
      ['1', 'error'],
    ]);
    expect(selectCounters('http_request_duration_seconds_count{version="1",code="200"} 3', names)).toEqual(
      [],
    );
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
