import { startChild } from '../child.ts';
import { signingSecret } from '../command-payload.ts';
import type { LoadResult } from '../in-flight.ts';
import type { BotProcess } from '../processes/bot-main.ts';
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
  say('burst: planning releases and opening their polls');
  const ballots = await bot.ask('openPolls', { releases });
  const clicks = mix(ballots.flatMap((ballot) => Array<typeof ballot>(clicksEach).fill(ballot)));
  const rounds: LoadResult[] = [];
  let clicked = 0;
  // The first round warms up and does not count.
  for (let round = 0; round <= (quick ? 1 : 5); round += 1) {
    say(`burst, round ${round}`);
    const result = await load.ask('click', { url, ballots: clicks });
    if (round > 0) rounds.push(result);
    clicked += clicks.length;
    // A click that takes longer than two and a half seconds is acknowledged before.
    const { standing, taken } = await bot.ask('countVotes', { atLeast: clicked });
    if (standing !== ballots.length || taken !== clicked)
      throw new Error(
        `${standing} of ${ballots.length} votes stand, ${taken} of ${clicked} clicks were taken`,
      );
  }
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), load.stop()]);
  const [p50, p99] = (['p50', 'p99'] as const).map((key) => median(rounds.map((round) => round[key])));
  return {
    title: 'Many people clicking at once',
    about: [
      `${ballots.length} people, the roles of ${releases} releases, click "Go" on their ballots ${clicksEach} times ` +
        'each, all at the same moment and each over a connection of its own, which is opened then. Every click ' +
        'is a transaction that locks its release. Afterwards one vote of each person stands, and every click is ' +
        'in the audit trail once; else this ends with an error.',
    ],
    tables: [
      {
        title: 'Click to acknowledgement, over HTTP',
        columns: ['', 'p50 ms', 'p99 ms'],
        rows: [[`${clicks.length} clicks`, figure(p50 ?? Number.NaN), figure(p99 ?? Number.NaN)]],
      },
    ],
    aims: [{ what: 'Acknowledged: p99', most: 1_000, measured: p99 ?? Number.NaN, unit: ' ms' }],
  };
}

/** In an order in which neighbours have nothing to do with each other, the same each time. */
function mix<Item>(items: readonly Item[]): Item[] {
  // A prime that does not divide their number, so that each is taken once.
  return items.map((_, index) => items[(index * 7_919) % items.length] as Item);
}
