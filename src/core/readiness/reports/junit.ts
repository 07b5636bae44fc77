import { childrenOf, numberAt, readXml, type XmlElement } from '../../../lib/read-xml.ts';
import type { Report } from './report.ts';

/** A JUnit report passes when a test ran and none failed; its number is how many failed. Skipped ones did not run. */
export function readJunit(text: string): Report | { problem: string } {
  const found = readXml(text);
  if (!found || !['testsuites', 'testsuite'].includes(found.name))
    return { problem: 'That is not a JUnit report: there is no <testsuites> or <testsuite>.' };
  const suites = found.name === 'testsuite' ? [found.root] : childrenOf(found.root, 'testsuite');
  const counts = suites.map(countSuite);
  const ran = sum(counts.map((count) => count.ran));
  const failed = sum(counts.map((count) => count.failed));
  if (ran === 0) return { problem: 'No test has run in that report.' };
  return { number: failed, passed: failed === 0 };
}

/**
 * What a suite and those within it say: by its test cases where there are some, so that a wrong sum at its head counts for
 * nothing; a failure that only the head has (a suite that could not start) counts, too.
 */
function countSuite(suite: XmlElement): { ran: number; failed: number } {
  const inner = childrenOf(suite, 'testsuite').map(countSuite);
  const cases = childrenOf(suite, 'testcase');
  const has = (test: XmlElement, name: string) => test[name] !== undefined;
  const failedCases = cases.filter((test) => has(test, 'failure') || has(test, 'error')).length;
  const skipped = cases.filter((test) => has(test, 'skipped') && !has(test, 'failure')).length;
  const said = (numberAt(suite, 'failures') ?? 0) + (numberAt(suite, 'errors') ?? 0);
  const innerFailed = sum(inner.map(({ failed }) => failed));
  return {
    ran: cases.length - skipped + sum(inner.map(({ ran }) => ran)),
    failed: Math.max(failedCases + innerFailed, said),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
