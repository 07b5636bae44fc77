import type { LoadResult } from './in-flight.ts';
import type { Vitals } from './parent-link.ts';
import { figure } from './report.ts';
import { median } from './statistics.ts';
import type { BenchContext } from './suite.ts';

export interface Level {
  inFlight: number;
  requests: number;
}

/** One of the apps that are compared. */
export interface Contestant {
  name: string;
  child: { vitals(): Promise<Vitals>; stop(): Promise<void> };
  /** Has the load process send it so many requests. */
  load(level: Level): Promise<LoadResult>;
}

/** Answers at once, inserts one row first, and tminus. */
export type Contestants = readonly [atOnce: Contestant, insertFirst: Contestant, bot: Contestant];

type Measured = LoadResult & { /** Of the app's process, for one request. */ cpuMs: number };
type Round = ReadonlyMap<string, Measured>;

export const comparisonColumns = [
  '',
  'in flight',
  'p50 ms',
  'p99 ms',
  'requests/s',
  'CPU ms',
  'p50 × insert first',
  'p50 × at once',
];

/** Measures all in turn, round by round. `ratio`: of the bot's median to that of the one that inserts, in a round. */
export async function compare(
  context: BenchContext,
  contestants: Contestants,
  level: Level,
): Promise<{ rows: string[][]; ratio: number }> {
  const rounds = await measureRounds(context, contestants, level);
  const [atOnce, insertFirst, bot] = contestants;
  const times = (name: string, other: string) =>
    median(rounds.map((round) => resultOf(round, name).p50 / resultOf(round, other).p50));
  const rows = contestants.map(({ name }) => {
    const own = rounds.map((round) => resultOf(round, name));
    return [
      name,
      String(level.inFlight),
      ...(['p50', 'p99', 'perSecond', 'cpuMs'] as const).map((key) =>
        figure(median(own.map((one) => one[key]))),
      ),
      figure(times(name, insertFirst.name)),
      figure(times(name, atOnce.name)),
    ];
  });
  return { rows, ratio: times(bot.name, insertFirst.name) };
}

async function measureRounds(
  { quick }: BenchContext,
  contestants: Contestants,
  { inFlight, requests }: Level,
): Promise<Round[]> {
  const rounds: Round[] = [];
  const amount = quick ? requests / 5 : requests;
  // The first round warms everything up and does not count.
  for (let number = 0; number <= (quick ? 1 : 5); number += 1) {
    const round = new Map<string, Measured>();
    for (const { name, load, child } of contestants) {
      const before = await child.vitals();
      const result = await load({ inFlight, requests: amount });
      round.set(name, { ...result, cpuMs: ((await child.vitals()).cpuMs - before.cpuMs) / amount });
    }
    if (number > 0) rounds.push(round);
  }
  return rounds;
}

function resultOf(round: Round, name: string): Measured {
  const result = round.get(name);
  if (!result) throw new Error(`${name} was not measured`);
  return result;
}
