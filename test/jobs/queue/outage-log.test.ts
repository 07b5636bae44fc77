import { beforeEach, expect, it } from 'vitest';
import { createOutageLog, type OutageLog } from '../../../src/jobs/queue/outage-log.ts';

let now: number;
let said: unknown[];
let outage: OutageLog;
beforeEach(() => {
  now = 1_000;
  said = [];
  const note = (level: string) => (details: object, message: string) =>
    void said.push([level, message, details]);
  outage = createOutageLog({ info: note('info'), warn: note('warn'), error: note('error') }, () => now);
});

/** `times` failures, 100 ms apart. */
function fail(times: number): void {
  for (let count = 0; count < times; count++) {
    outage.failed({ count }, 'refused');
    now += 100;
  }
}

it('tells the first failure, then one a minute, then that the queue is back', () => {
  fail(1201);
  expect(said).toEqual([
    ['warn', 'refused', { count: 0 }],
    ['warn', 'the queue is still away: refused', { count: 600, seconds: 60, failures: 601 }],
    ['warn', 'the queue is still away: refused', { count: 1200, seconds: 120, failures: 1201 }],
  ]);
  now += 3_000;
  outage.worked();
  expect(said.slice(3)).toEqual([['info', 'the queue is back', { seconds: 123, failures: 1201 }]]);
  outage.worked();
  fail(1);
  expect(said.slice(4)).toEqual([['warn', 'refused', { count: 0 }]]);
});

it('takes it for away as long as one part still fails', () => {
  for (let times = 0; times < 100; times++) {
    fail(1);
    now += 1_000;
    outage.worked();
  }
  expect(said).toHaveLength(2);
});

it('says nothing while all is well', () => {
  outage.worked();
  expect(said).toEqual([]);
});
