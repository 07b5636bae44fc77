import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanText, isolatableWithin, isolateDirection } from '../../../src/bot/text/literal.ts';

/** Every code point there is, surrogates by themselves included. */
function findCharacters(matches: (character: string) => boolean): string[] {
  const found: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (matches(character)) found.push(`U+${code.toString(16)}`);
  }
  return found;
}

it('changes just the characters that would act on their surroundings', () => {
  const changed = findCharacters((character) => cleanText(`a${character}b`) !== `a${character}b`);
  const acting = findCharacters(
    (character) =>
      /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]/u.test(character) &&
      !'\t\n'.includes(character),
  );
  expect(changed).toEqual(acting);
});

it('isolates every letter that is written from right to left', () => {
  const isolated = findCharacters((character) => isolateDirection(character) !== character);
  const rightToLeft = findCharacters((character) =>
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(character),
  );
  expect(isolated).toEqual(rightToLeft);
});

it.each([
  ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['a\ud800b', 'a\ufffdb'],
  ['𝄞 é – “quoted”', '𝄞 é – “quoted”'],
])('reads %j as %j', (raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});

it('finds how much of a text fits once it is isolated', () => {
  const lines = fc.string({ unit: fc.constantFrom('א', 'a', '\n') });
  fc.assert(
    fc.property(lines, fc.nat(200), (text, max) => {
      const units = isolatableWithin(text, max);
      expect(isolateDirection(text.slice(0, units)).length).toBeLessThanOrEqual(max);
      // A line of which only the head fits counts as one with right-to-left letters, wherever they stand.
      if (units < text.length) expect(isolateDirection(text.slice(0, units + 3)).length).toBeGreaterThan(max);
    }),
  );
});
