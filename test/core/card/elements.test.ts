import { describe, expect, it } from 'vitest';
import { barText, progressBar } from '../../../src/core/card/bar.ts';
import { field, mention, text } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { fromNow, localDate } from '../../../src/core/card/local-date.ts';
import { sparkline } from '../../../src/core/card/sparkline.ts';
import { cardText } from '../../../src/core/template/card-text.ts';

describe('a bar', () => {
  it.each([
    [0, '░░░░░░░░░░'],
    [0.5, '▓░░░░░░░░░'],
    [1, '▓░░░░░░░░░'],
    [10, '▓░░░░░░░░░'],
    [33.333, '▓▓▓░░░░░░░'],
    [50, '▓▓▓▓▓░░░░░'],
    [99.9, '▓▓▓▓▓▓▓▓▓░'],
    [100, '▓▓▓▓▓▓▓▓▓▓'],
    [-3, '░░░░░░░░░░'],
    [140, '▓▓▓▓▓▓▓▓▓▓'],
  ])('shows %s percent, and neither nothing for a little nor all for less', (percent, shown) => {
    expect(barText(progressBar(percent))).toBe(shown);
  });

  it('has a square for each vote', () => {
    expect(lineText([{ type: 'bar', cells: ['go', 'go', 'no-go', 'open'] }])).toBe('🟩🟩🟥⬜');
  });
});

describe('a sparkline', () => {
  it.each([
    [[], 0, ''],
    [[0, 0, 0], 0, '▁▁▁'],
    [[0, 0, 16.6, 33.3], 0.05, '▁▁▄█'],
    [[24, 30, 22, 28], 150, '▂▂▂▂'],
    [[0.001, 0, 0.004], 0.1, '▁▁▁'],
    [[5], 0, '█'],
  ])('of %j with at least %s on top', (values, top, shown) => {
    expect(sparkline(values, top)).toBe(shown);
  });
});

it('says an instant in the zone of the release where a platform has no zone of the reader', () => {
  const instant = Date.parse('2030-06-18T08:00:00Z');
  const shown = 'Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)';
  expect(localDate(instant, 'Europe/Amsterdam')).toEqual({
    type: 'time',
    instant: '2030-06-18T08:00:00.000Z',
    fallback: shown,
    style: 'absolute',
  });
  expect(lineText(['closes ', fromNow(instant, 'Europe/Amsterdam')])).toBe(`closes ${shown}`);
});

it('is plain text line by line', () => {
  const rita = mention({ name: 'Rita Moreno', identities: [] });
  const card = {
    summary: 'Facts',
    blocks: [
      { type: 'fields' as const, fields: [field('Owner', [rita]), field('Risk', 'low')] },
      { type: 'links' as const, links: [{ label: 'Runbook', url: 'https://example.com/runbook' }] },
      {
        type: 'note' as const,
        content: [text('In '), { type: 'place' as const, name: '#general', destination: null }],
      },
    ],
  };
  expect(cardText(card)).toBe(
    'Owner: Rita Moreno\nRisk: low\n\nRunbook (https://example.com/runbook)\n\nIn #general',
  );
});
