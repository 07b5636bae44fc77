import { describe, expect, it } from 'vitest';
import { parseReschedule } from '../../../../src/bot/interactions/words/parse-reschedule.ts';

const today = '2030-06-04';
const nothing = { ok: true, releaseKey: null, date: null, time: null, reason: null, isConfirmed: false };

describe('parseReschedule', () => {
  it.each([
    ['', {}],
    ['web-2.4.0', { releaseKey: 'web-2.4.0' }],
    ['WEB-2.4.0', { releaseKey: 'web-2.4.0' }],
    ['shop', { releaseKey: 'shop' }],
    ['2030-06-25', { date: '2030-06-25' }],
    ['14:00', { time: '14:00' }],
    ['to 25 June', { date: '2030-06-25' }],
    ['to 3 June', { date: '2031-06-03' }],
    ['web-2.4.0 to 25 June at 9:30', { releaseKey: 'web-2.4.0', date: '2030-06-25', time: '09:30' }],
    ['web-2.4.0 2030-06-25 14:00', { releaseKey: 'web-2.4.0', date: '2030-06-25', time: '14:00' }],
    ['to June 25th 2031 web-2.4.0', { releaseKey: 'web-2.4.0', date: '2031-06-25' }],
    ['web-2.4.0 at 14:00', { releaseKey: 'web-2.4.0', time: '14:00' }],
    [
      'web-2.4.0 to 25 June “The provider says yes” --yes',
      { releaseKey: 'web-2.4.0', date: '2030-06-25', reason: 'The provider says yes', isConfirmed: true },
    ],
    ['web-2.4.0 to 25 June "Say yes"', { releaseKey: 'web-2.4.0', date: '2030-06-25', reason: 'Say yes' }],
    ['web-2.4.0 to 25 June —yes', { releaseKey: 'web-2.4.0', date: '2030-06-25', isConfirmed: true }],
    ['web-2.4.0 to 25 June --yes?', { releaseKey: 'web-2.4.0', date: '2030-06-25' }],
  ])('reads %j', (typed, expected) => {
    expect(parseReschedule(typed, today)).toEqual({ ...nothing, ...expected });
  });

  it.each([
    ['web-2.4.0 to 31 June', 'There is no date "31 June".'],
    ['web-2.4.0 to 25 Jnue', '"Jnue" is not a month.'],
    ['web-2.4.0 to Friday', `I don't understand the date "Friday".`],
    ['web-2.4.0 at noon', '"noon" is not a time of day such as 10:00.'],
    ['web-2.4.0 to 25 June at 25:00', '"25:00" is not a time of day such as 10:00.'],
  ])('says what it does not understand in %j', (typed, message) => {
    expect(parseReschedule(typed, today)).toEqual({
      ok: false,
      message: expect.stringContaining(message),
    });
  });
});
