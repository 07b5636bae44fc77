import { expect, it } from 'vitest';
import { readinessSchema } from '../../../src/core/plan/readiness-schema.ts';
import {
  checkAdapters,
  checkGateSources,
  missingDefaults,
} from '../../../src/core/plan-file/check-adapters.ts';
import { describeIssue, formatPath } from '../../../src/core/plan-file/plan-issue.ts';

const none = { drivers: [], metrics: [] };
const prod = { drivers: ['prod', 'stage'], metrics: ['prod'] };

const refused: [string, string, typeof prod, string[]][] = [
  ['demo', 'demo', none, []],
  ['demo', 'demo', prod, []],
  ['stage', 'prod', prod, []],
  [
    'prdo',
    'prod',
    prod,
    ['rollout.driver is "prdo", which is not configured; expected one of prod, stage. Did you mean prod?'],
  ],
  [
    'demoo',
    'prometeus',
    none,
    [
      'rollout.driver is "demoo", which is not configured; expected a name under drivers in tminus.yaml, where there is none.',
      'rollout.metrics is "prometeus", which is not configured; expected a name under metrics in tminus.yaml, where there is none.',
    ],
  ],
];

it.each(refused)('checks the driver %s and the metrics source %s', (driver, metrics, names, said) => {
  const issues = checkAdapters({ driver, metrics }, names);
  expect(issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`)).toEqual(said);
});

it('tells what a plan lacks with the default ones, where they are not configured', () => {
  expect(
    missingDefaults({ driver: 'demo', metrics: 'demo' }, { drivers: ['demo'], metrics: ['demo'] }),
  ).toEqual([]);
  expect(missingDefaults({ driver: 'stage', metrics: 'prod' }, prod)).toEqual([]);
  expect(missingDefaults({ driver: 'stage', metrics: 'demo' }, prod)).toEqual([
    'No metrics source "demo" is configured, so gates stay unknown and hold promotions back.',
  ]);
  expect(missingDefaults({ driver: 'demo', metrics: 'demo' }, none)).toEqual([
    'No driver "demo" is configured, so tminus offers no promotion or rollback: deploy with your own pipeline, and record what was done.',
    'No metrics source "demo" is configured, so gates stay unknown and hold promotions back.',
  ]);
});

it('refuses a gate that is measured by a source that is not configured', () => {
  const measured = (source: string) =>
    readinessSchema.parse({ gates: { change: { cpu: { measure: { source, query: 'up' } } } } });
  const said = (source: string) =>
    checkGateSources({ readiness: measured(source) }, prod).map(
      (issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`,
    );
  expect(said('prod')).toEqual([]);
  expect(said('prd')).toEqual([
    'readiness.gates.change.cpu.measure.source is "prd", which is not configured; expected one of prod. Did you mean prod?',
  ]);
});
