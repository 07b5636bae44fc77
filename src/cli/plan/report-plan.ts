import type { PlanReading } from '../../core/plan-file/parse-plan.ts';
import { describeIssue } from '../../core/plan-file/plan-issue.ts';
import { countWords } from '../../lib/count-words.ts';
import type { PlanCommandIo } from './plan-io.ts';

/** More are no help: whatever has so many is no plan, or was made by a program. */
const maxProblemsShown = 100;

/** Prints the problems or warnings of a plan on stderr, and sets exit code 1 when it is not valid. */
export function reportPlan(io: PlanCommandIo, file: string, reading: PlanReading): PlanReading {
  if (reading.ok) {
    for (const { line, column, path, message } of reading.warnings) {
      io.writeError(`${file}:${line}:${column} ${path}: warning: ${message}\n`);
    }
    return reading;
  }
  for (const problem of reading.problems.slice(0, maxProblemsShown)) {
    io.writeError(`${file}:${problem.line}:${problem.column} ${problem.path}: ${describeIssue(problem)}\n`);
  }
  const count = reading.problems.length;
  const shown = count > maxProblemsShown ? `, the first ${maxProblemsShown} shown` : '';
  io.writeError(`${countWords(count, 'problem')}${shown}. docs/plans.md describes every field.\n`);
  io.setExitCode(1);
  return reading;
}
