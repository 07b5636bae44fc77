import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/core/plan/plan.ts';
import { RISK_TOLERANCES } from '../../../../src/core/plan/planning-arguments.ts';
import { GRADES, readinessSchema } from '../../../../src/core/plan/readiness-schema.ts';
import { parsePlan } from '../../../../src/core/plan-file/parse-plan.ts';
import { deriveGates } from '../../../../src/core/readiness/gates/derive-gates.ts';
import type { PlannedGate } from '../../../../src/core/readiness/gates/gate.ts';
import { limitWords, readValue, valueWords } from '../../../../src/core/readiness/gates/gate-words.ts';
import { judgeGate, meetsLimit } from '../../../../src/core/readiness/gates/judge-gate.ts';

const text = readFileSync('examples/web-2.4.0.yaml', 'utf8');
const read = parsePlan(text, { now: 0 });
if (!read.ok) throw new Error('the example plan is not one');
const { plan } = read;
const gatesOf = (changes: Partial<Plan> = {}) => deriveGates({ ...plan, ...changes });
const limits = (changes: Partial<Plan> = {}) =>
  Object.fromEntries(gatesOf(changes).map((gate) => [gate.key, limitWords(gate)]));

describe('the gates of a plan', () => {
  it('have the limits of S1 §5.1, and S2’s coverage where that is stricter', () => {
    expect(limits()).toEqual({
      'unit-test-coverage': 'at least 80 %',
      'integration-test-coverage': 'at least 75 %',
      'static-analysis': 'better than B',
      'critical-vulnerabilities': 'at most 0',
      'senior-reviews': 'at least 2',
      'code-review': 'at least 100 %',
      sast: 'has to pass',
      dast: 'has to pass',
      'dependency-scan': 'has to pass',
      'container-scan': 'has to pass',
      'infrastructure-scan': 'has to pass',
      'load-users': 'at least 1,000',
      'response-time': 'below 200 ms',
      throughput: 'above 10,000',
      'error-rate': 'below 0.1 %',
      cpu: 'below 70 %',
      memory: 'below 80 %',
    });
  });

  it.each([
    ['high', 80, 75],
    ['medium', 80, 75],
    ['low', 90, 85],
    ['zero-downtime', 95, 90],
  ] as const)('ask for the coverage of risk tolerance %s', (riskTolerance, unit, integration) => {
    expect(limits({ riskTolerance })).toMatchObject({
      'unit-test-coverage': `at least ${unit} %`,
      'integration-test-coverage': `at least ${integration} %`,
    });
  });

  it('have those of compliance for enterprises', () => {
    const compliance = ['gdpr', 'soc2', 'audit-trail', 'data-classification', 'access-control'];
    expect(Object.keys(limits({ stakeholders: 'enterprise' }))).toEqual(expect.arrayContaining(compliance));
    for (const riskTolerance of RISK_TOLERANCES)
      expect(Object.keys(limits({ riskTolerance }))).not.toContain('gdpr');
  });

  it('follow what the plan changes, drops and adds', () => {
    const readiness = readinessSchema.parse({
      freshness: 'P3D',
      gates: {
        include: ['gdpr'],
        drop: ['dast'],
        change: { 'response-time': { limit: 150, freshness: 'PT24H', owner: 'qa_lead' } },
        add: [
          {
            ...{ key: 'accessibility', title: 'Accessibility', owner: 'qa_lead' },
            ...{ comparator: 'better-than', limit: 'C' },
          },
        ],
      },
    });
    const gates = gatesOf({ readiness });
    const of = (key: string) => gates.find((gate) => gate.key === key);
    expect(of('dast')).toBeUndefined();
    expect(of('gdpr')).toMatchObject({ freshnessMs: 3 * 86_400_000, origin: 'default' });
    expect(of('response-time')).toMatchObject({
      ...{ limit: 150, owner: 'qa_lead', freshnessMs: 86_400_000, origin: 'changed' },
    });
    expect(of('accessibility')).toMatchObject({ limit: 'C', origin: 'added' });
  });

  it('are measured where the plan says from which source', () => {
    const measure = { query: 'max(queue)', every: 'PT10M' };
    const readiness = readinessSchema.parse({
      gates: {
        change: { 'response-time': { measure: { source: 'shop', metric: 'latency-p95' } }, cpu: { measure } },
      },
    });
    const measures = new Map(gatesOf({ readiness }).map((one) => [one.key, one.measure]));
    expect(measures.get('response-time')).toEqual({
      ...{ source: 'shop', metric: 'latency-p95', query: null },
      ...{ windowMs: 300_000, minRequests: 100, everyMs: 3_600_000 },
    });
    expect(measures.get('cpu')).toMatchObject({
      source: plan.rollout.metrics,
      query: 'max(queue)',
      everyMs: 600_000,
    });
    expect(measures.get('memory')).toBeNull();
  });

  it.each([
    ['change: { response-times: { limit: 1 } }', 'response-times'],
    ['change: { response-time: { limit: A } }', 'does not fit response-time'],
    ['change: { sast: { limit: 3 } }', 'does not fit sast'],
    ['drop: [load]', '"load"'],
    ['include: [gpdr]', '"gpdr"'],
    ['add: [{ key: cpu, title: C, owner: qa_lead, comparator: below, limit: 1 }]', 'is taken'],
    ['add: [{ key: new, title: C, owner: qa_lead, comparator: below }]', 'does not fit below'],
    ['add: [{ key: new, title: C, owner: qa_lead, comparator: passes, limit: 1 }]', 'does not fit passes'],
    [
      `add: [{ key: ${'k'.repeat(76)}, title: C, owner: qa_lead, comparator: passes }]`,
      'at most 75 characters',
    ],
    ['change: { response-time: { measure: { metric: error-rate } } }', 'is in %'],
    ['change: { load-users: { measure: { metric: latency-p95 } } }', 'is in ms'],
    ['change: { static-analysis: { measure: { query: up } } }', 'is of a gate with grades'],
    ['change: { cpu: { measure: { every: PT2H } } }', 'has to have a metric or a query'],
    ['change: { cpu: { measure: { query: up, metric: error-rate } } }', 'has to have a metric or a query'],
    ['change: { cpu: { measure: { query: up, every: PT10S } } }', 'is shorter than a minute'],
  ])('are refused as %s', (gates, problem) => {
    const result = parsePlan(`${text}\nreadiness: { gates: { ${gates} } }\n`, { now: 0 });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(JSON.stringify(result.problems)).toContain(JSON.stringify(problem).slice(1, -1));
  });
});

const gate = (changes: Partial<PlannedGate>): PlannedGate => ({
  ...{ key: 'g', title: 'G', owner: 'qa_lead', comparator: 'at-least', limit: 10, unit: '', source: '' },
  ...{ freshnessMs: 1000, measure: null, origin: 'default' },
  ...changes,
});

describe('a value', () => {
  it.each([
    ['at-least', [false, true, true]],
    ['above', [false, false, true]],
    ['at-most', [true, true, false]],
    ['below', [true, false, false]],
  ] as const)('is compared by %s', (comparator, [less, same, more]) => {
    const meets = (value: number) => meetsLimit(gate({ comparator }), value);
    expect([meets(9.99), meets(10), meets(10.01)]).toEqual([less, same, more]);
  });

  it('that is a grade has to be better than the limit, not as good', () => {
    const better = GRADES.filter((grade) =>
      meetsLimit(gate({ comparator: 'better-than', limit: 'B' }), grade),
    );
    expect(better).toEqual(['A']);
  });

  it('of another kind never meets a limit', () => {
    const values = fc.oneof(fc.double(), fc.boolean(), fc.constantFrom(...GRADES));
    fc.assert(
      fc.property(values, (value) => {
        if (typeof value !== 'number') expect(meetsLimit(gate({ limit: 0 }), value)).toBe(false);
        if (typeof value !== 'string')
          expect(meetsLimit(gate({ comparator: 'better-than', limit: 'F' }), value)).toBe(false);
        if (value !== true)
          expect(meetsLimit(gate({ comparator: 'passes', limit: null }), value)).toBe(false);
      }),
    );
  });

  it.each([
    ['91.3', 'at-least', '%', 91.3],
    ['91.3 %', 'at-least', '%', 91.3],
    ['91.3 %', 'at-least', 'ms', null],
    ['199ms', 'below', 'ms', 199],
    ['199 MS', 'below', 'ms', 199],
    ['199 ms', 'below', '%', null],
    ['0.2 s', 'below', 'ms', null],
    ['280 kB', 'below', 'kB', 280],
    ['1000 ms', 'at-least', '', null],
    ['ninety', 'at-least', '%', null],
    ['-1', 'at-least', '%', null],
    ['1e3', 'at-least', '%', null],
    ['a', 'better-than', '', 'A'],
    ['B+', 'better-than', '', null],
    ['Passed', 'passes', '', true],
    ['failed', 'passes', '', false],
    ['maybe', 'passes', '', null],
  ] as const)('that is typed as %s for %s in “%s”', (typed, comparator, unit, value) => {
    expect(readValue({ comparator, unit }, typed)).toBe(value);
  });

  it('is said with its unit', () => {
    expect(valueWords({ unit: '%' }, 91.333)).toBe('91.33 %');
    expect(valueWords({ unit: '' }, true)).toBe('passed');
    expect(valueWords({ unit: '' }, 'A')).toBe('A');
  });
});

describe('a gate', () => {
  const result = (value: number, measuredAt = 0, version = '1') => ({ value, measuredAt, version });
  const judge = (known: ReturnType<typeof result> | null, now: number, waivedUntil: number | null = null) =>
    judgeGate(gate({}), { result: known, waivedUntil, version: '1', now });

  it('passes, fails, or has no result', () => {
    expect([judge(result(10), 1), judge(result(9), 1), judge(null, 1)]).toEqual(['pass', 'fail', 'missing']);
  });

  it('is stale when its result is as old as it may be, or of another version: never a pass', () => {
    expect([judge(result(10), 999), judge(result(10), 1000)]).toEqual(['pass', 'stale']);
    expect(judge(result(10, 0, '2'), 1)).toBe('stale');
  });

  it('is waived until the waiver ends, unless it passes anyway', () => {
    expect([judge(result(9), 1, 5), judge(null, 1, 5), judge(result(10), 2000, 5000)]).toEqual([
      'waived',
      'waived',
      'waived',
    ]);
    expect([judge(result(9), 5, 5), judge(result(10), 1, 5)]).toEqual(['fail', 'pass']);
  });
});
