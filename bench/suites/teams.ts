import { type Child, startChild } from '../child.ts';
import { type Contestant, type Contestants, compare, comparisonColumns } from '../compare.ts';
import type { BareBotbuilderProcess } from '../processes/bare-botbuilder-main.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { TeamsLoadProcess, TeamsLoadRequest } from '../processes/teams-load-main.ts';
import type { TeamsProcess } from '../processes/teams-main.ts';
import type { Report } from '../report.ts';
import type { BenchContext } from '../suite.ts';
import type { TeamsVote } from '../teams-vote.ts';

/** Each has people of its own in its eight roles; more than requests in flight, since a vote locks its release. */
const releases = 24;
const people = releases * 8;

const levels = [
  { inFlight: 1, requests: 500 },
  { inFlight: 16, requests: 3_000 },
];

/** A click in Teams to the answer with the card that takes the place of the one before. */
export async function measureTeams(context: BenchContext): Promise<Report> {
  const teams = startChild<TeamsProcess>(context.bundle('teams-main'));
  const load = startChild<TeamsLoadProcess>(context.bundle('teams-load-main'));
  const contestants = await startContestants(context, teams, load);
  const rows: string[][] = [];
  let ratio = Number.NaN;
  for (const level of levels) {
    context.say(`teams, ${level.inFlight} in flight`);
    const compared = await compare(context, contestants, level);
    rows.push(...compared.rows);
    if (level.inFlight === 16) ratio = compared.ratio;
  }
  await Promise.all([...contestants.map(({ child }) => child.stop()), load.stop()]);
  await teams.stop();
  const aim = { what: '16 in flight: p50', most: 2, measured: ratio, unit: ' × insert first' };
  return {
    title: 'A click in Teams to the replaced card',
    about,
    tables: [{ title: 'Vote to card', columns: comparisonColumns, rows }],
    aims: [aim],
  };
}

const about = [
  `${people} people, the roles of ${releases} releases, click *Go* in turn on the cards of their polls, each time with ` +
    'an activity id of its own, until the answer with the card is back. Every vote is a transaction that locks its ' +
    "release, writes the vote, appends to the audit chain and keeps the answer; then the poll's card is read and drawn " +
    'for the person who voted. The card in the channel is edited for everybody behind it, as often as Teams takes it, ' +
    'and that is in the figures.',
  "Compared with a bot as botbuilder's documentation shows it that answers at once with a small card, and with the same " +
    'bot when it first inserts one row by drizzle. Each activity is signed by the issuer of the local Teams, and each ' +
    'bot checks it. All three run at once, each in a process of its own, and are measured in turn; the load and the ' +
    'local Teams have processes of their own. Medians of all rounds; ratios are taken within a round.',
];

async function startContestants(
  context: BenchContext,
  teams: Child<TeamsProcess>,
  load: Child<TeamsLoadProcess>,
): Promise<Contestants> {
  const { config, serviceUrl } = await teams.ask('start', { people });
  const bot = startChild<BotProcess>(context.bundle('bot-main'), { profileTo: context.profileTo });
  const databaseUrl = await context.servers.createDatabase('teams');
  const url = await bot.ask('start', { databaseUrl, teams: config });
  context.say('teams: planning releases and opening their polls');
  await teams.ask('connect', url);
  const votes = await openPolls(bot);
  const contestant = (
    { name, child }: Pick<Contestant, 'name' | 'child'>,
    asked: Pick<TeamsLoadRequest, 'url' | 'expect'>,
  ): Contestant => ({
    name,
    child,
    load: async (level) => {
      const bearer = await teams.ask('bearer', undefined);
      return load.ask('load', { ...asked, ...level, bearer, serviceUrl, votes });
    },
  });
  const bare = async (name: string, database: { databaseUrl?: string }) => {
    const child = startChild<BareBotbuilderProcess>(context.bundle('bare-botbuilder-main'));
    const { appId, tenantId, credential, local } = config;
    if (credential.type !== 'secret' || !local) throw new Error('the local Teams gives a secret');
    const { openIdMetadataUrl } = local;
    const options = { appId, tenantId, secret: credential.secret, openIdMetadataUrl, ...database };
    return contestant({ name, child }, { url: await child.ask('start', options), expect: 'Voted' });
  };
  return [
    await bare('botbuilder, answers at once', {}),
    await bare('botbuilder, one insert first', { databaseUrl }),
    contestant({ name: 'tminus', child: bot }, { url, expect: 'vote-go' }),
  ];
}

/** The votes of all people, in an order in which neighbours are of different releases. */
async function openPolls(bot: Child<BotProcess>): Promise<TeamsVote[]> {
  const ballots = await bot.ask('openPolls', { releases });
  const cards = new Map((await bot.ask('pollCards', undefined)).map((card) => [card.pollId, card]));
  const roles = ballots.length / releases;
  return ballots.map((_, index) => {
    const ballot = ballots[(index % releases) * roles + Math.floor(index / releases)];
    const card = ballot && cards.get(ballot.pollId);
    if (!card) throw new Error('a poll has no card');
    return { email: ballot.email, ...card };
  });
}
