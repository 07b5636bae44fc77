import { describe, expect, it } from 'vitest';
import { parsePromote as parse } from '../../../../src/bot/interactions/words/parse-promote.ts';
import { lineText } from '../../../../src/core/card/line.ts';

/** With its message in plain words. */
function parsePromote(typed: string) {
  const parsed = parse(typed);
  return parsed.ok ? parsed : { ...parsed, message: lineText(parsed.message) };
}

describe('parsePromote', () => {
  it.each([
    ['', null, 'next'],
    ['   ', null, 'next'],
    ['web-2.4.0', 'web-2.4.0', 'next'],
    ['WEB-2.4.0', 'web-2.4.0', 'next'],
    ['`web-2.4.0`', 'web-2.4.0', 'next'],
    ['next', null, 'next'],
    ['full', null, 'full'],
    ['to full', null, 'full'],
    ['Full', null, 'full'],
    ['10', null, 10],
    ['10%', null, 10],
    ['10 %', null, 10],
    ['to 10 percent', null, 10],
    ['0.5%', null, 0.5],
    ['0,5 %', null, 0.5],
    ['100%', null, 100],
    ['web-2.4.0 to 10%', 'web-2.4.0', 10],
    ['web-2.4.0   TO   10 % of traffic', 'web-2.4.0', 10],
    ['10% web-2.4.0', 'web-2.4.0', 10],
    ['web-2.4.0 full', 'web-2.4.0', 'full'],
    ['to 10 % web-2.4.0', 'web-2.4.0', 10],
    ['10 percent of traffic web-2.4.0 please', 'web-2.4.0', 10],
    ['web-2.4.0 to the next phase', 'web-2.4.0', 'next'],
  ] as const)('reads "%s"', (typed, releaseKey, target) => {
    expect(parsePromote(typed)).toEqual({
      ok: true,
      releaseKey,
      target,
      isQuestion: false,
      isConfirmed: false,
    });
  });

  it.each([
    ['shop-2.4.0?', 'shop-2.4.0', 'next'],
    ['?', null, 'next'],
    ['shop-2.4.0 to 10% ?!', 'shop-2.4.0', 10],
    ['shop-2.4.0？', 'shop-2.4.0', 'next'],
  ] as const)('reads "%s" as a question', (typed, releaseKey, target) => {
    expect(parsePromote(typed)).toEqual({
      ok: true,
      releaseKey,
      target,
      isQuestion: true,
      isConfirmed: false,
    });
  });

  it.each(['web-2.4.0 to 10% --yes', '--yes 10% web-2.4.0', 'web-2.4.0 —yes to 10%', 'Yes web-2.4.0 10%'])(
    'takes "%s" for confirmed',
    (typed) => {
      expect(parsePromote(typed)).toMatchObject({ releaseKey: 'web-2.4.0', target: 10, isConfirmed: true });
    },
  );

  it('takes a release whose name has the word in it for no confirmation', () => {
    expect(parsePromote('yes-2.4.0')).toMatchObject({ releaseKey: 'yes-2.4.0', isConfirmed: false });
  });

  it.each([
    ['10% 20%', '20%'],
    ['web-2.4.0 app-1.0', 'app-1.0'],
    ['full next', 'next'],
    ['web-2.4.0 to 10% now', 'now'],
    ['١٠% web-1.0 x', 'web-1.0'],
  ])('does not understand "%s" and says what', (typed, culprit) => {
    expect(parsePromote(typed)).toEqual({ ok: false, message: expect.stringContaining(`"${culprit}"`) });
  });

  it.each(['-10%', '0%', '0', '101%', '1000%', '1e2', '0x10', '1.2.3%'])(
    'takes "%s" for no traffic percent',
    (typed) => {
      expect(parsePromote(typed)).toEqual({
        ok: false,
        message: expect.stringContaining('not a share of traffic'),
      });
    },
  );

  it.each(['to', 'web-2.4.0 to', 'web-2.4.0 TO ', 'at'])(
    'asks for the traffic percent when "%s" ends there',
    (typed) => {
      expect(parsePromote(typed)).toEqual({ ok: false, message: expect.stringContaining('To what share?') });
    },
  );

  it('keeps its answer short when the words are not', () => {
    const read = parsePromote(`web-2.4.0 ${'x'.repeat(10_000)}`);
    expect(read.ok ? '' : read.message).toMatch(/^.{20,300}$/);
  });
});
