import { describe, expect, it } from 'vitest';
import { isQuestion, withoutQuestionMark } from '../../../../src/bot/interactions/words/is-question.ts';

describe('isQuestion', () => {
  it.each([
    'shop-2.4.0?',
    '?',
    'shop-2.4.0 ?!',
    'shop-2.4.0？',
    'deployed 50% ? ',
    '"shop-2.4.0?"',
    '(shop-2.4.0?)',
    'shop-2.4.0？」。',
    'shop-2.4.0? 🎉',
    'deployed 50% "all regions"?',
    'deployed 50% "are all regions up" ??',
  ])('says so of %s', (typed) => {
    expect(isQuestion(typed)).toBe(true);
  });

  it.each([
    '',
    'shop-2.4.0',
    'shop-2.4.0!',
    'why? because',
    'rolled back 動いた？はい',
    'deployed 50%? да',
    'deployed 50%? ５０',
    'deployed 50%? _',
    'deployed 50% "is web-2.3.9 gone?"',
    'deployed 50% “is it gone?”.',
  ])('does not say so of %s', (typed) => {
    expect(isQuestion(typed)).toBe(false);
  });

  it.each(['?', ' ', '"', '!', 'a', 'は', '。', '? '])('takes no time for a million of %j', (part) => {
    const many = part.repeat(1_000_000);
    // What looks at everything again from each place would not be done within the test's time.
    for (const typed of [many, `${many}a`, `"? ${many}"`]) expect(isQuestion(typed)).toBeTypeOf('boolean');
    expect(isQuestion(`${many}a`)).toBe(false);
  });
});

it('gives what was typed before the question mark', () => {
  expect(withoutQuestionMark(' Web-2.4.0 QA tom@b.org ?!')).toBe('Web-2.4.0 QA tom@b.org');
  expect(withoutQuestionMark('web-2.4.0??')).toBe('web-2.4.0');
  expect(withoutQuestionMark('"web-2.4.0?"')).toBe('"web-2.4.0"');
  expect(withoutQuestionMark('?')).toBe('');
});
