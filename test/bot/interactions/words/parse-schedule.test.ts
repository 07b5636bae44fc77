import { expect, it } from 'vitest';
import { parseSchedule } from '../../../../src/bot/interactions/words/parse-schedule.ts';

it.each([
  ['', null, null],
  ['web-2.4.0', 'web-2.4.0', null],
  ['web-2.4.0 t-7', 'web-2.4.0', 'T-7'],
  ['T+1 Web-2.4.0', 'web-2.4.0', 'T+1'],
  ['T-14', null, 'T-14'],
  ['web-2.4.0 Setbacks', 'web-2.4.0', 'setbacks'],
])('reads %j', (typed, key, part) => {
  expect(parseSchedule(typed)).toEqual({ key, part });
});
