import { type Child, startChild } from '../child.ts';
import { signingSecret } from '../command-payload.ts';
import type { BareBoltProcess } from '../processes/bare-bolt-main.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { LoadProcess, LoadRequest, LoadResult } from '../processes/load-main.ts';
import { type Aim, figure, type Report, type Table } from '../report.ts';
import { median } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

const transports = ['http', 'socket'] as const;
type Transport = (typeof transports)[number];

/** Commands are spread over so many releases, since a request locks its release. */
const releases = 96;

/** One of the three apps that are compared. */
interface Contestant {
  name: string;
  target: LoadRequest['target'];
  expect: string;
  child: Child<BareBoltProcess> | Child<BotProcess>;
}

const levels = [
  { inFlight: 1, requests: 500 },
  { inFlight: 16, requests: 3_000 },
];

/** Signed slash command to acknowledgement. */
export async function measureAcknowledgement(context: BenchContext): Promise<Report> {
  const tables: Table[] = [];
  const aims: Aim[] = [];
  for (const transport of transports) {
    const { rows, aim } = await measureTransport(context, transport);
    tables.push({ title: titles[transport], columns, rows });
    aims.push(aim);
  }
  return { title: 'Signed slash command to acknowledgement', about, tables, aims };
}

const titles: Record<Transport, string> = { http: 'Over HTTP', socket: 'Over Socket Mode' };
const columns = [
  '',
  'in flight',
  'p50 ms',
  'p99 ms',
  'requests/s',
  'CPU ms',
  'p50 × insert first',
  'p50 × at once',
];

const about = [
  `\`/promote bench-N\`, N out of ${releases} releases, each time with a trigger of its own, until the ` +
    'acknowledgement is back. The bot answers with a refusal, since there is no go decision: one ' +
    'transaction locks the release, decides, appends to the audit chain and keeps the answer against ' +
    'repeats; the acknowledgement holds the rendered answer.',
  'Compared with a Bolt app as its documentation shows it that acknowledges at once, and with the same app ' +
    'when it first inserts one row by drizzle. All three run at once, each in a process of its own, and are ' +
    'measured in turn; the load comes from a further process. Medians of all rounds; ratios are taken ' +
    'within a round.',
];

async function measureTransport(context: BenchContext, transport: Transport) {
  const load = startChild<LoadProcess>(context.bundle('load-main'));
  const contestants = await startContestants(context, transport, await load.ask('start', undefined));
  const [atOnce, insertFirst, bot] = contestants;
  const rows: string[][] = [];
  let ratio = Number.NaN;
  for (const level of levels) {
    context.say(`ack, ${transport}, ${level.inFlight} in flight`);
    const rounds = await measureRounds(context, load, contestants, level);
    for (const { name } of contestants) {
      const own = rounds.map((round) => resultOf(round, name));
      const times = (other: string) =>
        median(rounds.map((round) => resultOf(round, name).p50 / resultOf(round, other).p50));
      rows.push([
        name,
        String(level.inFlight),
        ...(['p50', 'p99', 'perSecond', 'cpuMs'] as const).map((key) =>
          figure(median(own.map((one) => one[key]))),
        ),
        figure(times(insertFirst.name)),
        figure(times(atOnce.name)),
      ]);
      if (name === bot.name && level.inFlight === 16) ratio = times(insertFirst.name);
    }
  }
  await Promise.all([...contestants.map(({ child }) => child.stop()), load.stop()]);
  const aim: Aim = {
    what: `${titles[transport]}, 16 in flight: p50`,
    most: 2,
    measured: ratio,
    unit: ' × insert first',
  };
  return { rows, aim };
}

type Measured = LoadResult & { /** Of the app's process, for one request. */ cpuMs: number };
type Round = Map<string, Measured>;

async function measureRounds(
  { quick }: BenchContext,
  load: Child<LoadProcess>,
  contestants: readonly Contestant[],
  { inFlight, requests }: (typeof levels)[number],
): Promise<Round[]> {
  const rounds: Round[] = [];
  const count = quick ? 1 : 5;
  // The first round warms everything up and does not count.
  for (let number = 0; number <= count; number += 1) {
    const round: Round = new Map();
    for (const { name, target, expect, child } of contestants) {
      const amount = quick ? requests / 5 : requests;
      const before = await child.vitals();
      const result = await load.ask('load', { target, expect, inFlight, requests: amount, releases });
      const cpuMs = ((await child.vitals()).cpuMs - before.cpuMs) / amount;
      round.set(name, { ...result, cpuMs });
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

async function startContestants(
  context: BenchContext,
  transport: Transport,
  apiUrl: string,
): Promise<[Contestant, Contestant, Contestant]> {
  const databaseUrl = await context.servers.createDatabase(`ack_${transport}`);
  const bot = await startBot(context, { transport, apiUrl, databaseUrl });
  const bare = (name: string, appToken: string, database: { databaseUrl?: string }) =>
    startBare(context, name, { transport, apiUrl, appToken, ...database });
  return [
    await bare('Bolt, acknowledges at once', 'xapp-at-once', {}),
    await bare('Bolt, one insert first', 'xapp-insert', { databaseUrl }),
    bot,
  ];
}

async function startBare(
  context: BenchContext,
  name: string,
  options: Parameters<BareBoltProcess['start']>[0],
): Promise<Contestant> {
  const child = startChild<BareBoltProcess>(context.bundle('bare-bolt-main'));
  const url = await child.ask('start', options);
  return { name, child, expect: '', target: targetOf(options.transport, url, options.appToken) };
}

async function startBot(
  { bundle, profileTo }: BenchContext,
  { transport, apiUrl, databaseUrl }: { transport: Transport; apiUrl: string; databaseUrl: string },
): Promise<Contestant> {
  const child = startChild<BotProcess>(bundle('bot-main'), { profileTo });
  const appToken = 'xapp-bot';
  const base = { botToken: 'xoxb-bot', apiUrl };
  const slack =
    transport === 'http'
      ? { ...base, mode: 'http' as const, signingSecret }
      : { ...base, mode: 'socket' as const, appToken };
  const url = await child.ask('start', { databaseUrl, slack });
  await child.ask('plan', { releases, channels: ['#qa'] });
  const expect = 'There is no go decision.';
  return { name: 'tminus', child, expect, target: targetOf(transport, url, appToken) };
}

function targetOf(transport: Transport, url: string, appToken: string): LoadRequest['target'] {
  return transport === 'http' ? { url } : { appToken };
}
