import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceWith, fitHistory, type PastRelease } from '../../../src/core/forecast/fit-history.ts';
import { forecastGoLive } from '../../../src/core/forecast/forecast.ts';

/** A product whose odds are known: how often each item is late, and by what being late multiplies the chance. */
interface Odds {
  base: number;
  items: Readonly<Record<string, { late: number; factor: number }>>;
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function chanceOf({ base, items }: Odds, late: ReadonlySet<string>): number {
  return [...late].reduce((chance, item) => chance * (items[item]?.factor ?? 1), base);
}

function drawLate({ items }: Odds, random: () => number): Set<string> {
  return new Set(Object.keys(items).filter((item) => random() < (items[item]?.late ?? 0)));
}

function drawHistory(odds: Odds, count: number, random: () => number): PastRelease[] {
  return Array.from({ length: count }, () => {
    const late = drawLate(odds, random);
    return { late, held: random() < chanceOf(odds, late) };
  });
}

const team: Odds = {
  base: 0.9,
  items: {
    'task:security-review': { late: 0.3, factor: 0.4 },
    'gate:coverage': { late: 0.4, factor: 0.7 },
    'task:sales-deck': { late: 0.5, factor: 1 },
    'vote:qa_lead': { late: 0.2, factor: 0.8 },
  },
};

/** Forecasts over many histories of a known product, each with the odds as they were. */
function forecasts(odds: Odds, { releases, histories }: { releases: number; histories: number }) {
  return Array.from({ length: histories }, (_, seed) => {
    const random = randomOf(seed + 1);
    const history = drawHistory(odds, releases, random);
    const late = drawLate(odds, random);
    const forecast = forecastGoLive(history, late);
    if (!forecast) throw new Error('there are enough releases');
    return { forecast, history, late, odds: chanceOf(odds, late), held: random() < chanceOf(odds, late) };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a forecast over histories of known odds', () => {
  it.each([10, 20, 50])('is right on average with %i releases', (releases) => {
    const made = forecasts(team, { releases, histories: 400 });
    const off = mean(made.map(({ forecast, odds }) => forecast.chance - odds));
    expect(Math.abs(off)).toBeLessThan(0.05);
  });

  it.each([
    [20, 0.15],
    [50, 0.1],
  ])(
    'with %i releases is off by less than %d on average, and nearer than the share that held',
    (releases, bound) => {
      const made = forecasts(team, { releases, histories: 400 });
      const off = mean(made.map(({ forecast, odds }) => Math.abs(forecast.chance - odds)));
      const offWithoutItems = mean(
        made.map(({ history, odds }) => Math.abs(mean(history.map(({ held }) => (held ? 1 : 0))) - odds)),
      );
      expect(off).toBeLessThan(bound);
      expect(off).toBeLessThan(offWithoutItems);
    },
  );

  it('is calibrated: of those given 40 to 60 %, so many hold, and so for each fifth', () => {
    const made = forecasts(team, { releases: 50, histories: 2000 });
    for (const from of [0.2, 0.4, 0.6, 0.8]) {
      const within = made.filter(({ forecast: { chance } }) => chance >= from && chance < from + 0.2);
      expect(within.length, `${from}`).toBeGreaterThan(50);
      const said = mean(within.map(({ forecast }) => forecast.chance));
      const came = mean(within.map(({ held }) => (held ? 1 : 0)));
      expect(Math.abs(said - came), `said ${said}, came ${came}`).toBeLessThan(0.1);
    }
  });

  it('names the item that costs most, and what the chance would be without it', () => {
    const made = forecasts(team, { releases: 50, histories: 400 }).filter(
      ({ late }) => late.has('task:security-review') && late.size > 1,
    );
    const named = made.filter(({ forecast }) => forecast.costliest?.item === 'task:security-review');
    expect(named.length / made.length).toBeGreaterThan(0.85);
    for (const { forecast } of named)
      expect(forecast.costliest?.chanceWithout).toBeGreaterThan(forecast.chance);
  });

  it('blames nothing that costs nothing for much', () => {
    const fits = Array.from({ length: 100 }, (_, seed) => fitHistory(drawHistory(team, 50, randomOf(seed))));
    const costs = fits.map((fit) => chanceWith(fit, []) - chanceWith(fit, ['task:sales-deck']));
    expect(mean(costs)).toBeLessThan(0.05);
  });
});

describe('a forecast', () => {
  const none = new Set<string>();
  const releases = (count: number, held: number): PastRelease[] =>
    Array.from({ length: count }, (_, index) => ({ held: index < held, late: none }));

  it('is not made of fewer than ten releases', () => {
    expect(forecastGoLive(releases(9, 9), none)).toBeNull();
    expect(forecastGoLive(releases(10, 8), none)).toMatchObject({ releases: 10, held: 8, costliest: null });
  });

  it('is never certain', () => {
    expect(forecastGoLive(releases(10, 10), none)?.chance).toBeCloseTo(11 / 12, 3);
    expect(forecastGoLive(releases(10, 0), none)?.chance).toBeCloseTo(1 / 12, 3);
  });

  it('says nothing of what was always late, or late once', () => {
    const history = releases(12, 6).map(({ held }, index) => ({
      held,
      late: new Set(['always', ...(index === 11 ? ['once'] : [])]),
    }));
    expect(forecastGoLive(history, new Set(['always', 'once', 'new']))?.costliest).toBeNull();
  });

  it('is a chance, and never rises because something is late, whatever the history', () => {
    const item = fc.constantFrom('a', 'b', 'c', 'd');
    const past = fc.record({ held: fc.boolean(), late: fc.uniqueArray(item).map((all) => new Set(all)) });
    fc.assert(
      fc.property(fc.array(past, { minLength: 10, maxLength: 40 }), fc.uniqueArray(item), (history, late) => {
        const fitted = fitHistory(history);
        const chance = chanceWith(fitted, late);
        expect(chance).toBeGreaterThan(0);
        expect(chance).toBeLessThan(1);
        expect(chance).toBeLessThanOrEqual(chanceWith(fitted, []) + 1e-9);
      }),
      { seed: 20300618 },
    );
  });
});
