import { type Child, startChild } from '../child.ts';
import type { BareQueueProcess } from '../processes/bare-queue-main.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { WorkspaceProcess } from '../processes/workspace-main.ts';
import { type Aim, figure, type Report } from '../report.ts';
import { median, percentile } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

const backends = ['PostgreSQL', 'Redis'] as const;
type Backend = (typeof backends)[number];

const channels = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);
/** Long enough for the planner, which looks every two seconds, to put the timers into the queue. */
const leadMs = 6_000;

const columns = ['', 'backend', 'p50 ms', 'p99 ms', 'p50 × bare', 'p99 × bare'];

/** From the instant a message is due to the instant it is in its channel. */
export async function measureDue(context: BenchContext): Promise<Report> {
  const timers = context.quick ? 200 : 1_000;
  const rows: string[][] = [];
  const aims: Aim[] = [];
  for (const backend of backends) {
    const databases = await prepare(context, backend, timers);
    const rounds = context.quick ? 1 : 5;
    const compared = await compare(context, { backend, databases, timers, rounds });
    rows.push(...compared.rows);
    aims.push(
      { what: `${backend}: p50`, most: 2, measured: compared.p50, unit: ' × bare' },
      { what: `${backend}: p99`, most: 2, measured: compared.p99, unit: ' × bare' },
    );
  }
  const tables = [{ title: 'As fast as can be', columns, rows }];
  return { title: 'Due instant to posted', about: about(timers), tables, aims };
}

const about = (timers: number) => [
  `${timers} timers of as many releases, due in the same millisecond, over ${channels.length} channels; the ` +
    'lateness of a message is from that instant to its place in the local workspace, which runs in a process ' +
    'of its own with its rate limits off. The bot fires each timer in a transaction (claim, choice of the ' +
    'text that is true now, rendering, outbox, audit), then drains the outbox of each channel.',
  'Compared with bare BullMQ on the same backend: a delayed job for each message, 100 at a time, that posts a ' +
    'text made beforehand. Neither keeps a pace: at one message a second in a channel, that would be all there ' +
    'is to see.',
  'Redis has its usual `hz 10`, with which a delayed job comes up to a tenth of a second late. The bot sets a local ' +
    'timeout beside the job; bare BullMQ waits.',
];

interface Comparison {
  backend: Backend;
  databases: Databases;
  timers: number;
  rounds: number;
}

async function compare(context: BenchContext, comparison: Comparison) {
  const { backend, timers, rounds } = comparison;
  const { bot, bare, workspace } = await start(context, comparison);
  const lateness = async (due: (at: number) => Promise<void>) => {
    const at = Date.now() + leadMs;
    await due(at);
    const posted = await workspace.ask('posted', { channels, since: at - leadMs });
    if (posted.length !== timers) throw new Error(`${posted.length} of ${timers} messages were posted`);
    const late = posted.map((instant) => instant - at);
    return { p50: percentile(late, 0.5), p99: percentile(late, 0.99) };
  };
  const measured = { bare: [] as Lateness[], bot: [] as Lateness[] };
  // The first round warms up and does not count, unless it is the only one.
  for (let round = rounds > 1 ? 0 : 1; round <= rounds; round += 1) {
    context.say(`due, ${backend}, round ${round}`);
    const ids = channels.map((name) => `C0${name.toUpperCase().replaceAll('-', '')}`);
    const ofBare = await lateness((at) => bare.ask('due', { at, count: timers, channels: ids }));
    const ofBot = await lateness((at) => bot.ask('due', { at }));
    if (round === 0) continue;
    measured.bare.push(ofBare);
    measured.bot.push(ofBot);
  }
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), bare.stop(), workspace.stop()]);
  return summarize(backend, measured);
}

interface Lateness {
  p50: number;
  p99: number;
}

function summarize(backend: Backend, measured: { bare: Lateness[]; bot: Lateness[] }) {
  const middle = (own: Lateness[], key: keyof Lateness) => median(own.map((one) => one[key]));
  const times = (own: Lateness[], key: keyof Lateness) =>
    median(own.map((one, round) => one[key] / (measured.bare[round]?.[key] ?? Number.NaN)));
  const row = (name: string, own: Lateness[]) => [
    name,
    backend,
    figure(middle(own, 'p50')),
    figure(middle(own, 'p99')),
    figure(times(own, 'p50')),
    figure(times(own, 'p99')),
  ];
  return {
    rows: [row('bare BullMQ', measured.bare), row('tminus', measured.bot)],
    p50: times(measured.bot, 'p50'),
    p99: times(measured.bot, 'p99'),
  };
}

interface Databases {
  bot: string;
  bare: string;
}

/** Plans the releases once for all rounds of a backend. */
async function prepare(context: BenchContext, backend: Backend, timers: number): Promise<Databases> {
  context.say(`due, ${backend}: planning ${timers} releases`);
  const name = backend.toLowerCase();
  const databases = {
    bot: await context.servers.createDatabase(`due_${name}`),
    bare: await context.servers.createDatabase(`due_${name}_bare`),
  };
  const comparison = { backend, databases, timers, rounds: 0 };
  const { bot, bare, workspace } = await start({ ...context, profileTo: undefined }, comparison);
  await bot.ask('plan', { releases: timers, channels: channels.map((channel) => `#${channel}`) });
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), bare.stop(), workspace.stop()]);
  return databases;
}

interface Running {
  bot: Child<BotProcess>;
  bare: Child<BareQueueProcess>;
  workspace: Child<WorkspaceProcess>;
}

async function start(context: BenchContext, comparison: Comparison): Promise<Running> {
  const { backend, databases } = comparison;
  const { bundle, profileTo, servers } = context;
  const workspace = startChild<WorkspaceProcess>(bundle('workspace-main'));
  const apiUrl = await workspace.ask('start', { channels });
  const bot = startChild<BotProcess>(bundle('bot-main'), { profileTo });
  const bare = startChild<BareQueueProcess>(bundle('bare-queue-main'));
  const redis = backend === 'Redis' ? { redisUrl: servers.redisUrl } : {};
  const slack = { mode: 'http', botToken: 'xoxb-bench', signingSecret: 'unused', apiUrl } as const;
  await bot.ask('start', { databaseUrl: databases.bot, ...redis, slack });
  const queue = backend === 'Redis' ? redis : { databaseUrl: databases.bare };
  await bare.ask('start', { apiUrl, ...queue });
  return { bot, bare, workspace };
}
