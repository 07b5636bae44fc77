import { ROLE_NAMES } from '../../src/core/plan/roles.ts';
import { startChild } from '../child.ts';
import { signingSecret } from '../command-payload.ts';
import type { LoadResult } from '../in-flight.ts';
import type { Ballot, BotProcess } from '../processes/bot-main.ts';
import type { LoadProcess } from '../processes/load-main.ts';
import { figure, type Report } from '../report.ts';
import { median } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

/** Each has eight roles, so that 200 people vote. */
const releases = 25;
const clicksEach = 3;

/** Many people click a button several times, all of them at once. */
export async function measureBurst({
  bundle,
  servers,
  quick,
  profileTo,
  say,
}: BenchContext): Promise<Report> {
  const load = startChild<LoadProcess>(bundle('load-main'));
  const bot = startChild<BotProcess>(bundle('bot-main'), { profileTo });
  const apiUrl = await load.ask('start', undefined);
  const slack = { mode: 'http' as const, botToken: 'xoxb-bot', signingSecret, apiUrl };
  const url = await bot.ask('start', { databaseUrl: await servers.createDatabase('burst'), slack });
  let clicked = 0;
  let standingBefore = 0;
  /** Clicks several times for each ballot; the first round warms up and does not count. Medians of the others. */
  const measure = async (of: { ballots: readonly Ballot[]; rounds: number; named: string }) => {
    const clicks = mix(of.ballots.flatMap((ballot) => Array<typeof ballot>(clicksEach).fill(ballot)));
    const results: LoadResult[] = [];
    for (let round = 0; round <= of.rounds; round += 1) {
      say(`${of.named}, round ${round}`);
      const result = await load.ask('click', { url, ballots: clicks });
      if (round > 0) results.push(result);
      clicked += clicks.length;
      // A click that takes longer than two and a half seconds is acknowledged before.
      const { standing, taken } = await bot.ask('countVotes', { atLeast: clicked });
      if (standing - standingBefore !== votesOf(of.ballots) || taken !== clicked)
        throw new Error(
          `${standing - standingBefore} of ${votesOf(of.ballots)} votes stand, ${taken} of ${clicked} clicks were taken`,
        );
    }
    standingBefore += votesOf(of.ballots);
    const [p50, p99] = (['p50', 'p99'] as const).map((key) => median(results.map((one) => one[key])));
    return { clicks: clicks.length, p50: p50 ?? Number.NaN, p99: p99 ?? Number.NaN };
  };
  say('burst: planning releases and opening their polls');
  const ballots = await bot.ask('openPolls', { releases });
  const shared = await bot.ask('openSharedPoll', { ballots });
  const rounds = quick ? 1 : 5;
  const apart = await measure({ ballots, rounds, named: 'burst' });
  const together = await measure({ ballots: shared, rounds, named: 'burst, one poll' });
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), load.stop()]);
  return {
    title: 'Many people clicking at once',
    about: [
      `${ballots.length} people, the roles of ${releases} releases, click "Go" on their ballots ${clicksEach} times ` +
        'each, all at the same moment and each over a connection of its own, which is opened then. Every click ' +
        'is a transaction that locks its release and keeps what the voter saw. Afterwards one vote of each role ' +
        'stands, and every click is in the audit trail once; else this ends with an error.',
      'Then the same people share the roles of one poll: all clicks wait for one lock, one after the other.',
    ],
    tables: [
      {
        title: 'Click to acknowledgement, over HTTP',
        columns: ['', 'p50 ms', 'p99 ms'],
        rows: [
          [`${releases} polls, ${apart.clicks} clicks`, figure(apart.p50), figure(apart.p99)],
          [`one poll, ${together.clicks} clicks`, figure(together.p50), figure(together.p99)],
        ],
      },
    ],
    aims: [
      { what: 'Acknowledged: p99', most: 1_000, measured: apart.p99, unit: ' ms' },
      { what: 'Acknowledged, all on one poll: p99', most: 1_000, measured: together.p99, unit: ' ms' },
    ],
  };
}

/** A role of a poll has one vote, however many people hold it. */
function votesOf(ballots: readonly Ballot[]): number {
  return new Set(ballots.map(({ pollId }) => pollId)).size * ROLE_NAMES.length;
}

/** In an order in which neighbours have nothing to do with each other, the same each time. */
function mix<Item>(items: readonly Item[]): Item[] {
  // A prime that does not divide their number, so that each is taken once.
  return items.map((_, index) => items[(index * 7_919) % items.length] as Item);
}
