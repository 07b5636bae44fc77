import { readCobertura } from './cobertura.ts';
import { readJunit } from './junit.ts';
import { readLcov } from './lcov.ts';
import type { Report } from './report.ts';
import { readSarif } from './sarif.ts';

export const REPORT_FORMATS = ['junit', 'lcov', 'cobertura', 'sarif'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report in a format that tools write; or what is wrong with it, in a sentence. */
export function readReport(format: ReportFormat, text: string): Report | { problem: string } {
  const readers = { junit: readJunit, lcov: readLcov, cobertura: readCobertura, sarif: readSarif };
  return readers[format](text);
}
