import { expect, it } from 'vitest';
import { readMetricsPage } from '../../../src/metrics/prometheus-text/read-page.ts';
import { writeMetricsPage } from '../metrics-page.ts';
import { defaultPageOptions } from '../open-source.ts';

const page = writeMetricsPage({ version: '2', codes: { 200: 7 } });

it.each([
  ['there is none', '', null],
  ['it is there once', 'process_start_time_seconds 12.5\n', 12.5],
  ['it has labels', ' process_start_time_seconds{a="1"} 12\n', 12],
  ['there are two', 'process_start_time_seconds{a="1"} 12\nprocess_start_time_seconds{a="2"} 13\n', null],
  ['its line is wrong', 'process_start_time_seconds soon\n', null],
  ['it is no time', 'process_start_time_seconds NaN\n', null],
  ['it is in a comment only', '# process_start_time_seconds 12\n', null],
  ['it is the beginning of another name', 'process_start_time_seconds_total 12\n', null],
])('reads when the process started, where %s', (_, lines, processStart) => {
  for (const text of [page + lines, lines + page]) {
    const read = readMetricsPage(text, defaultPageOptions);
    expect(read.processStart).toBe(processStart);
    expect(read.samples).toHaveLength(1);
  }
});

const odd = (labels: string, value = '1') => `http_request_duration_seconds_count{${labels}} ${value}\n`;

it.each([
  [
    'there twice',
    odd('version="1"') + odd('version="1"', '2'),
    'line 3: the series http_request_duration_seconds_count is there twice',
  ],
  ['without a number', odd('version="1"', 'x'), 'line 2: expected a value at column 50'],
  [
    'with a bad label after its version',
    odd('version="1",code=200'),
    'line 2: expected a label value in quotes at column 54',
  ],
])('marks only its own version when a series is %s', (_, lines, problem) => {
  const { samples } = readMetricsPage(page + lines, defaultPageOptions);
  expect(samples.map(({ version, value }) => [version, value])).toEqual([
    ['2', 7],
    ['1', Number.NaN],
  ]);
  expect(samples[0]).not.toHaveProperty('problem');
  expect(samples[1]).toHaveProperty('problem', problem);
});

it.each([
  ['is there twice', odd('code="200"') + odd('code="200"', '2')],
  ['has no number', odd('code="200"', 'x')],
  ['has no labels', 'http_request_duration_seconds_count 1\nhttp_request_duration_seconds_count 1\n'],
])('passes over a series without a version that %s', (_, lines) => {
  for (const text of [page + lines, lines + page]) {
    expect(readMetricsPage(text, defaultPageOptions).samples).toMatchObject([{ version: '2', value: 7 }]);
  }
});

it.each([
  [
    'before its version',
    odd('code=200,version="1"'),
    'line 2: expected a label value in quotes at column 42',
  ],
  ['in the version itself', odd('version="1",version="2"'), 'line 2: the label version is there twice'],
])('refuses the page when a series is wrong %s: it may be of any', (_, lines, problem) => {
  expect(() => readMetricsPage(page + lines, defaultPageOptions)).toThrow(problem);
});
