import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNewRelease } from '../../../../src/bot/interactions/words/parse-new-release.ts';

const today = '2030-06-03';
const nothing = { date: null, time: null, summary: null };

it.each([
  ['web 2.5.0 on 18 June', { product: 'web', version: '2.5.0', date: '2030-06-18' }],
  [
    'Web shop v2 on June 18th, 2031 at 9:30',
    { product: 'Web shop', version: 'v2', date: '2031-06-18', time: '09:30' },
  ],
  [
    'web 2.5.0 on 2030-06-18 at 10:00',
    { product: 'web', version: '2.5.0', date: '2030-06-18', time: '10:00' },
  ],
  ['web 2.5.0 on 2 Jun', { product: 'web', version: '2.5.0', date: '2031-06-02' }],
  ['web 2.5.0 on 3 jun', { product: 'web', version: '2.5.0', date: '2030-06-03' }],
  ['web 2.5.0 on 29 February', { product: 'web', version: '2.5.0', date: '2032-02-29' }],
  [
    'web 2.5.0 “Two steps on one page at once”',
    { product: 'web', version: '2.5.0', summary: 'Two steps on one page at once' },
  ],
  ['web 2.5.0', { product: 'web', version: '2.5.0' }],
])('reads %j', (typed, expected) => {
  expect(parseNewRelease(typed, today)).toEqual({ ok: true, ...nothing, ...expected });
});

it.each([
  ['web', '"web" is not a product with a version.'],
  ['on 18 June', '"" is not a product with a version.'],
  ['web shop', '"shop" is not a version: it has no digit.'],
  ['web 2.5.0 on 18 Jnue', '"Jnue" is not a month. Did you mean june?'],
  ['web 2.5.0 on 31 June', 'There is no date "31 June".'],
  ['web 2.5.0 on 2030-02-30', 'There is no date "2030-02-30".'],
  ['web 2.5.0 on Tuesday', 'I don\'t understand the date "Tuesday".'],
  ['web 2.5.0 on 18 June at noon', '"noon" is not a time of day such as 10:00.'],
])('names the word that is wrong in %j', (typed, message) => {
  expect(parseNewRelease(typed, today)).toEqual({ ok: false, message });
});

const words = ['web', '2.5.0', 'on', 'at', '18', 'June', '9:00', '"', '”', ' ', '2030-06-18', '31'];

it('reads anything', () => {
  const typed = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 12 });
  fc.assert(fc.property(typed, (parts) => void parseNewRelease(parts.join(' '), today)));
});
