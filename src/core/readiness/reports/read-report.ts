import { readCobertura } from './cobertura.ts';
import { readJunit } from './junit.ts';
import { readLcov } from './lcov.ts';
import { readSarif } from './sarif.ts';

export const REPORT_FORMATS = ['junit', 'lcov', 'cobertura', 'sarif'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report comes to, for each kind of gate that it can answer. */
export interface Report {
  /** Percent or a number of findings, for a gate with a limit. */
  number: number;
  /** For a gate that has to pass; left out where the report says nothing of that. */
  passed?: boolean;
}

/** A report in a format that tools write; or what is wrong with it, in a sentence. */
export function readReport(format: ReportFormat, text: string): Report | { problem: string } {
  const readers = { junit: readJunit, lcov: readLcov, cobertura: readCobertura, sarif: readSarif };
  return readers[format](text);
}
