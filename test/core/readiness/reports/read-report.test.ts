import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, readReport } from '../../../../src/core/readiness/reports/read-report.ts';

const junit = (inner: string, head = '') =>
  `<?xml version="1.0"?><testsuites><testsuite ${head}>${inner}</testsuite></testsuites>`;
const passing = '<testcase name="a"/><testcase name="b"></testcase>';

describe('a JUnit report', () => {
  it('passes when a test ran and none failed', () => {
    expect(readReport('junit', junit(passing))).toEqual({ number: 0, passed: true });
    expect(readReport('junit', `<testsuite>${passing}</testsuite>`)).toEqual({ number: 0, passed: true });
  });

  it.each([
    ['a failure', junit(`${passing}<testcase name="c"><failure message="x">at 1</failure></testcase>`), 1],
    ['an empty failure', junit('<testcase name="c"><failure/></testcase>'), 1],
    ['an error', junit(`${passing}<testcase name="c"><error/></testcase>`), 1],
    ['a failure within', junit('<testsuite><testcase name="c"><failure/></testcase></testsuite>'), 1],
    ['a suite that could not start', junit(passing, 'errors="1"'), 1],
    [
      'several suites',
      `<testsuites>${'<testsuite><testcase name="c"><error/></testcase></testsuite>'.repeat(2)}</testsuites>`,
      2,
    ],
  ])('does not pass with %s', (_, text, failed) => {
    expect(readReport('junit', text)).toEqual({ number: failed, passed: false });
  });

  it.each([
    ['without tests', junit('')],
    ['of skipped tests', junit('<testcase name="a"><skipped/></testcase>')],
    ['that is another XML', '<coverage/>'],
    ['that is cut off', '<testsuites><testsuite><testcase name="a"/>'],
    ['that is not XML', 'PASS 12 tests'],
  ])('is none %s', (_, text) => {
    expect(readReport('junit', text)).toHaveProperty('problem');
  });

  it('can’t have entities of its own: a billion laughs stay one', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${junit('<testcase name="&b;"/>')}`;
    expect(readReport('junit', bomb)).toHaveProperty('problem');
    const external = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${junit('<testcase name="&a;"/>')}`;
    expect(readReport('junit', external)).toHaveProperty('problem');
  });
});

describe('coverage', () => {
  it('is that of all files of an lcov tracefile together', () => {
    const text = 'TN:\nSF:a.ts\nDA:1,1\nLF:10\nLH:9\nend_of_record\nSF:b.ts\nLF:30\nLH:21\nend_of_record\n';
    expect(readReport('lcov', text)).toEqual({ number: 75 });
  });

  it.each(['', 'SF:a.ts\nend_of_record', 'LF:0\nLH:0', 'LF:1\nLH:2', 'LF:x\nLH:1'])(
    'is none in the tracefile %j',
    (text) => expect(readReport('lcov', text)).toHaveProperty('problem'),
  );

  it('is that of a Cobertura report, by its counts if it has them', () => {
    const doctype = '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">';
    const of = (attributes: string) =>
      readReport('cobertura', `${doctype}<coverage ${attributes}><packages/></coverage>`);
    expect(of('line-rate="0.5" lines-covered="913" lines-valid="1000"')).toEqual({ number: 91.3 });
    expect(of('line-rate="0.75"')).toEqual({ number: 75 });
    expect(of('lines-covered="0" lines-valid="0" line-rate="1"')).toHaveProperty('problem');
    expect(of('line-rate="7"')).toHaveProperty('problem');
    expect(of('')).toHaveProperty('problem');
  });
});

const rule = (id: string, severity?: string, level?: string) => ({
  id,
  ...(level ? { defaultConfiguration: { level } } : {}),
  ...(severity ? { properties: { 'security-severity': severity } } : {}),
});
const sarif = (rules: unknown[], results: unknown[], more = {}) =>
  JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 't', rules } }, results, ...more }] });

describe('a SARIF log', () => {
  it('passes without errors; warnings and what is suppressed are none', () => {
    const results = [{ level: 'warning' }, { level: 'error', suppressions: [{ kind: 'inSource' }] }, {}];
    expect(readReport('sarif', sarif([], results))).toEqual({ number: 0, passed: true });
  });

  it('has the level of the rule where the result has none', () => {
    const text = sarif([rule('r', undefined, 'error')], [{ ruleId: 'r' }]);
    expect(readReport('sarif', text)).toEqual({ number: 1, passed: false });
  });

  it('counts what is critical by its score', () => {
    const rules = [rule('worst', '9.8', 'error'), rule('bad', '7.5', 'error')];
    const text = sarif(rules, [{ ruleId: 'worst' }, { ruleId: 'bad' }, { ruleId: 'bad' }]);
    expect(readReport('sarif', text)).toEqual({ number: 1, passed: false });
  });

  it('has its rules wherever the tool keeps them, as CodeQL does in packs', () => {
    const extensions = [{ name: 'pack', rules: [rule('js/sql-injection', '9.8', 'error')] }];
    const tool = { driver: { name: 't' }, extensions };
    const result = { rule: { id: 'js/sql-injection', index: 0, toolComponent: { index: 0 } } };
    const text = (results: unknown[]) => JSON.stringify({ version: '2.1.0', runs: [{ tool, results }] });
    expect(readReport('sarif', text([result]))).toEqual({ number: 1, passed: false });
    expect(readReport('sarif', text([{ ruleId: 'not-there' }]))).toHaveProperty('problem');
  });

  it('names rules by their place as well', () => {
    const rules = [rule('fine', undefined, 'note'), rule('bad', undefined, 'error')];
    for (const result of [{ ruleIndex: 1 }, { rule: { index: 1 } }, { ruleId: 'bad/1', ruleIndex: 1 }])
      expect(readReport('sarif', sarif(rules, [result]))).toEqual({ number: 1, passed: false });
    expect(readReport('sarif', sarif(rules, [{ ruleIndex: 0 }]))).toEqual({ number: 0, passed: true });
    expect(readReport('sarif', sarif(rules, [{ ruleIndex: 2 }]))).toHaveProperty('problem');
  });

  it.each([
    [['rejected'], false],
    [['underReview'], false],
    [['accepted', 'rejected'], false],
    [['accepted'], true],
  ])('with a finding whose suppression is %j: passes is %s', (statuses, passed) => {
    const suppressions = statuses.map((status) => ({ kind: 'external', status }));
    const text = sarif([], [{ level: 'error', suppressions }]);
    expect(readReport('sarif', text)).toEqual({ number: passed ? 0 : 1, passed });
  });

  it('of a tool that did not run to its end says nothing', () => {
    const text = sarif([], [], { invocations: [{ executionSuccessful: false }] });
    expect(readReport('sarif', text)).toHaveProperty('problem');
  });

  it.each(['', '{}', '[]', '{"version":"2.1.0","runs":[]}', '{"version":"2.1.0","runs":[{}]}'])(
    'is not %j',
    (text) => {
      expect(readReport('sarif', text)).toHaveProperty('problem');
    },
  );
});

it('reads whatever comes without throwing, and passes nothing that it does not understand', () => {
  fc.assert(
    fc.property(fc.constantFrom(...REPORT_FORMATS), fc.string(), (format, text) => {
      expect(readReport(format, text)).toHaveProperty('problem');
    }),
  );
});
