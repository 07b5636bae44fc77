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
