import type { Report } from './report.ts';

/** The line coverage of an lcov tracefile, percent: lines hit of lines found, over all files. */
export function readLcov(text: string): Report | { problem: string } {
  const total = (record: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${record}:`))
      .map((line) => Number(line.slice(record.length + 1)))
      .reduce((sum, count) => sum + count, 0);
  const [found, hit] = [total('LF'), total('LH')];
  if (!(found > 0) || !(hit >= 0) || hit > found)
    return { problem: 'That is not an lcov tracefile: its lines found (LF) and hit (LH) make no coverage.' };
  return { number: (hit / found) * 100 };
}
