import { type Child, startChild } from '../child.ts';
import { signingSecret } from '../command-payload.ts';
import { type Contestant, type Contestants, compare, comparisonColumns } from '../compare.ts';
import type { BareBoltProcess } from '../processes/bare-bolt-main.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { LoadProcess, LoadRequest } from '../processes/load-main.ts';
import type { Aim, Report, Table } from '../report.ts';
import type { BenchContext } from '../suite.ts';

const transports = ['http', 'socket'] as const;
type Transport = (typeof transports)[number];

/** Commands are spread over so many releases, since a request locks its release. */
const releases = 96;

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
    tables.push({ title: titles[transport], columns: comparisonColumns, rows });
    aims.push(aim);
  }
  return { title: 'Signed slash command to acknowledgement', about, tables, aims };
}

const titles: Record<Transport, string> = { http: 'Over HTTP', socket: 'Over Socket Mode' };

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
  const contestants = await startContestants(context, transport, load);
  const rows: string[][] = [];
  let ratio = Number.NaN;
  for (const level of levels) {
    context.say(`ack, ${transport}, ${level.inFlight} in flight`);
    const compared = await compare(context, contestants, level);
    rows.push(...compared.rows);
    if (level.inFlight === 16) ratio = compared.ratio;
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

async function startContestants(
  context: BenchContext,
  transport: Transport,
  load: Child<LoadProcess>,
): Promise<Contestants> {
  const apiUrl = await load.ask('start', undefined);
  const databaseUrl = await context.servers.createDatabase(`ack_${transport}`);
  const bot = await startBot(context, { transport, apiUrl, databaseUrl, load });
  const bare = (name: string, appToken: string, database: { databaseUrl?: string }) =>
    startBare(context, { name, load }, { transport, apiUrl, appToken, ...database });
  return [
    await bare('Bolt, acknowledges at once', 'xapp-at-once', {}),
    await bare('Bolt, one insert first', 'xapp-insert', { databaseUrl }),
    bot,
  ];
}

async function startBare(
  context: BenchContext,
  { name, load }: { name: string; load: Child<LoadProcess> },
  options: Parameters<BareBoltProcess['start']>[0],
): Promise<Contestant> {
  const child = startChild<BareBoltProcess>(context.bundle('bare-bolt-main'));
  const url = await child.ask('start', options);
  const target = targetOf(options.transport, url, options.appToken);
  return contestant({ name, child, load }, { target, expect: '' });
}

async function startBot(
  { bundle, profileTo }: BenchContext,
  {
    transport,
    apiUrl,
    databaseUrl,
    load,
  }: { transport: Transport; apiUrl: string; databaseUrl: string; load: Child<LoadProcess> },
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
  return contestant({ name: 'tminus', child, load }, { target: targetOf(transport, url, appToken), expect });
}

function contestant(
  { name, child, load }: Pick<Contestant, 'name' | 'child'> & { load: Child<LoadProcess> },
  asked: Pick<LoadRequest, 'target' | 'expect'>,
): Contestant {
  return { name, child, load: (level) => load.ask('load', { ...asked, ...level, releases }) };
}

function targetOf(transport: Transport, url: string, appToken: string): LoadRequest['target'] {
  return transport === 'http' ? { url } : { appToken };
}
