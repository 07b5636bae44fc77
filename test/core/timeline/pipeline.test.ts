import { expect, it } from 'vitest';
import { RISK_TOLERANCES } from '../../../src/core/plan/planning-arguments.ts';
import { pipelineStages } from '../../../src/core/timeline/pipeline.ts';

it('has the five stages of S2 §1 with the upper ends of their ranges', () => {
  expect(pipelineStages('canary', 'medium').map(({ name, minutes }) => [name, minutes])).toEqual([
    ['commit', 5],
    ['build', 15],
    ['deploy_staging', 20],
    ['automated_testing', 30],
    ['production_deployment', 60],
  ]);
});

it('gives the deployment its time by strategy', () => {
  const minutes = (strategy: Parameters<typeof pipelineStages>[0]) =>
    pipelineStages(strategy, 'medium').at(-1)?.minutes;
  expect([minutes('canary'), minutes('blue-green'), minutes('rolling')]).toEqual([60, 20, 40]);
});

it('asks for approval after the automated tests at risk tolerance low, and only then', () => {
  const asking = RISK_TOLERANCES.map((tolerance) =>
    pipelineStages('canary', tolerance).flatMap(({ name, approvalAfter }) => (approvalAfter ? [name] : [])),
  );
  expect(asking).toEqual([['automated_testing'], [], [], []]);
});
