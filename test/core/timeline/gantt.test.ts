import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/calendar/add-days.ts';
import { RELEASE_TYPES } from '../../../src/core/plan/planning-arguments.ts';
import { ganttChart } from '../../../src/core/timeline/gantt.ts';
import { examplePlan } from '../plan/example-plan.ts';

const goLive = { date: '2030-06-18', time: '10:00', zone: 'Europe/Amsterdam' };

describe('the chart of a timeline', () => {
  it('has the phases one after the other, the milestones and go-live', () => {
    expect(`\n${ganttChart(examplePlan({ type: 'minor', goLive }))}`).toMatchInlineSnapshot(`
      "
      Planning    ██████··················
      Development ······████████████······
      Testing     ··················████··
      Preparation ······················█·
      Deployment  ·······················█
      Milestones  ··················◆◆··◆◆
      Go-live     ·······················▲"
    `);
  });

  it('has lines of one length, each phase at least one character of its own, whatever the plan', () => {
    const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
    const lengths = fc.option(
      fc.integer({ min: 1, max: 999 }).map((days) => `P${days}D`),
      { nil: undefined },
    );
    const timelines = fc.record({ planning: lengths, testing: lengths, execution: lengths });
    fc.assert(
      fc.property(fc.constantFrom(...RELEASE_TYPES), dates, timelines, (type, date, timeline) => {
        const lines = ganttChart(examplePlan({ type, goLive: { ...goLive, date }, timeline })).split('\n');
        expect(new Set(lines.map((line) => [...line].length)).size).toBe(1);
        for (const line of lines.slice(0, -2)) expect(line).toMatch(/^\w+ +·*█+·*$/);
        expect(lines.at(-2)).toContain('◆');
        expect(lines.at(-1)?.match(/▲/g)).toHaveLength(1);
      }),
    );
  });
});
