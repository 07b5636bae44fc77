import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFreeze } from '../../../../src/bot/interactions/words/parse-freeze.ts';

it.each([
  ['', { kind: 'list' }],
  ['list', { kind: 'list' }],
  ['add', { kind: 'add-form' }],
  ['end Year end', { kind: 'end', name: 'Year end' }],
  ['end "Year end"', { kind: 'end', name: 'Year end' }],
  ['approve', { kind: 'approve' }],
  ['withdraw', { kind: 'withdraw' }],
  ['now', { kind: 'now', reason: '', until: '' }],
  [
    'now “Payments are down” until 2030-06-20 09:00',
    { kind: 'now', reason: 'Payments are down', until: '2030-06-20 09:00' },
  ],
  [
    'break Web-2.4.0 until 2030-06-20 9:00 "until it works"',
    { kind: 'break', releaseKey: 'web-2.4.0', reason: 'until it works', until: '2030-06-20 9:00' },
  ],
  ['break', { kind: 'break', releaseKey: null, reason: '', until: '' }],
])('reads %j', (typed, expected) => {
  expect(parseFreeze(typed)).toEqual(expected);
});

it('reads a freeze with everything, and one with the least', () => {
  const all =
    'add "From A until B" from Friday 16:00 until Monday 06:00 for Web shop, App channel web, api except hotfix in Europe/Berlin';
  expect(parseFreeze(all)).toEqual({
    kind: 'add',
    freeze: {
      name: 'From A until B',
      from: 'Friday 16:00',
      until: 'Monday 06:00',
      zone: 'Europe/Berlin',
      products: ['Web shop', 'App'],
      production: ['web', 'api'],
      except: ['hotfix'],
    },
  });
  expect(parseFreeze('add Year end from 2030-12-20 18:00 until 2031-01-06 06:00')).toEqual({
    kind: 'add',
    freeze: {
      name: 'Year end',
      from: '2030-12-20 18:00',
      until: '2031-01-06 06:00',
      zone: null,
      products: null,
      production: null,
      except: [],
    },
  });
});

it.each([
  ['ad', 'I don\'t understand "ad" after freeze. Did you mean add?'],
  [
    'everything',
    'I don\'t understand "everything" after freeze. It takes add, end, now, break, approve, withdraw, or nothing for the list.',
  ],
  [
    'add from 2030-12-20 18:00 until 2031-01-06 06:00',
    'The freeze has no name. Put it after "add", in quotes.',
  ],
  ['add Audit', '"Audit" has no from.'],
  ['add Audit from 2030-12-20 18:00', '"Audit" has no until.'],
  [
    'add Audit from 2030-12-20 18:00 until 2031-01-06 06:00 except hotfx',
    '"hotfx" is none of major, minor, patch, hotfix, feature-flag. Did you mean hotfix?',
  ],
])('says what is wrong with %j, and what to do', (typed, message) => {
  expect(parseFreeze(typed)).toEqual({ kind: 'wrong', message });
});

const words = [
  'add',
  'now',
  'break',
  'from',
  'until',
  'for',
  'except',
  'in',
  '"',
  '”',
  ' ',
  '2030-06-20',
  '18:00',
  'web',
];

it('reads anything', () => {
  const typed = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 20 });
  fc.assert(fc.property(typed, (parts) => void parseFreeze(parts.join(' '))));
});

it('repeats only the beginning of what is long', () => {
  const long = 'x'.repeat(19_000);
  for (const typed of [
    long,
    `add ${long}`,
    `add A from ${long} until ${long}`,
    `add A from 1 until 2 channel ${long}`,
  ]) {
    const parsed = parseFreeze(typed);
    if (parsed.kind === 'wrong') expect(parsed.message.length).toBeLessThan(300);
    else expect(parsed).toMatchObject({ kind: 'add' });
  }
});
