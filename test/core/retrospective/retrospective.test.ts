import { describe, expect, it } from 'vitest';
import { FREQUENCIES, TEAM_SIZES } from '../../../src/core/plan/planning-arguments.ts';
import { retrospectiveFor } from '../../../src/core/retrospective/retrospective.ts';

describe('the retrospective of S2 §5', () => {
  it('is weekly when released continuously, after each release when weekly, else monthly', () => {
    expect(FREQUENCIES.map((frequency) => retrospectiveFor(frequency, 'small').timing)).toEqual([
      'weekly',
      'after each release',
      'monthly',
      'monthly',
    ]);
  });

  it('takes 60, 90 or 120 minutes by the size of the team; a distributed team is a large one', () => {
    expect(TEAM_SIZES.map((size) => retrospectiveFor('monthly', size).minutes)).toEqual([60, 90, 120, 120]);
    expect(retrospectiveFor('monthly', 'distributed').inThreads).toBe(true);
  });

  it('has the agenda of S2 as it is at 90 minutes', () => {
    expect(retrospectiveFor('monthly', 'medium').agenda.map(({ minutes }) => minutes)).toEqual([
      5, 20, 15, 20, 15, 10, 5,
    ]);
  });

  it.each(TEAM_SIZES)('scales the agenda for a %s team in steps of five minutes, the sum exact', (size) => {
    const { agenda, minutes } = retrospectiveFor('monthly', size);
    expect(agenda.reduce((sum, part) => sum + part.minutes, 0)).toBe(minutes);
    for (const part of agenda) {
      expect(part.minutes).toBeGreaterThan(0);
      expect(part.minutes % 5).toBe(0);
    }
  });
});
