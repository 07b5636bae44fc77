import { createRequire } from 'node:module';
import { startChild } from '../child.ts';
import { signingSecret } from '../command-payload.ts';
import type { Vitals } from '../parent-link.ts';
import type { BotProcess } from '../processes/bot-main.ts';
import type { LoadProcess } from '../processes/load-main.ts';
import { figure, type Report } from '../report.ts';
import { slope } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

const { scripts } = createRequire(import.meta.url)('../../package.json') as { scripts: { start: string } };
/** With which `npm start` runs the bot. */
const flagsOfStart = scripts.start.split(' ').filter((word) => word.startsWith('--'));
const releases = 25;
const perSecond = 20;
/** Between two readings of the memory. */
const sampleSeconds = 10;
const defaultMinutes = 10;
const quickMinutes = 2;

/** What the bot took at a moment of the run. */
interface Sample extends Vitals {
  /** Since the beginning. */
  minutes: number;
}

/** Acts at a steady rate, and what they leave in the bot's memory. */
export async function measureSoak(context: BenchContext): Promise<Report> {
  const { bundle, servers, profileTo, say } = context;
  const minutes = context.minutes ?? (context.quick ? quickMinutes : defaultMinutes);
  const load = startChild<LoadProcess>(bundle('load-main'));
  const bot = startChild<BotProcess>(bundle('bot-main'), { profileTo, flags: flagsOfStart });
  const apiUrl = await load.ask('start', undefined);
  const slack = { mode: 'http' as const, botToken: 'xoxb-bot', signingSecret, apiUrl };
  const databaseUrl = await servers.createDatabase('soak');
  const url = await bot.ask('start', { databaseUrl, redisUrl: servers.redisUrl, slack });
  say('soak: planning releases and opening their polls');
  const ballots = await bot.ask('openPolls', { releases });
  const samples: Sample[] = [{ minutes: 0, ...(await bot.vitals()) }];
  const total = { acts: 0, late: 0 };
  for (let at = 0; at < minutes * 60; at += sampleSeconds) {
    const done = await load.ask('act', { url, ballots, perSecond, seconds: sampleSeconds, releases });
    total.acts += done.acts;
    total.late += done.late;
    const sample = { minutes: (at + sampleSeconds) / 60, ...(await bot.vitals()) };
    samples.push(sample);
    say(`soak, ${figure(sample.minutes)} min: ${figure(megabytes(sample.rss))} MB`);
  }
  await bot.ask('stop', undefined);
  await Promise.all([bot.stop(), load.stop()]);
  return report(samples, total);
}

function report(samples: readonly Sample[], { acts, late }: { acts: number; late: number }): Report {
  const last = samples[samples.length - 1] as Sample;
  const highest = Math.max(...samples.map(({ rss }) => megabytes(rss)));
  const second = samples.filter(({ minutes }) => minutes >= last.minutes / 2);
  const perMinute = slope(second.map(({ minutes, rss }) => [minutes, megabytes(rss)]));
  const every = Math.ceil(samples.length / 12);
  const shown = samples.filter((sample, index) => index % every === 0 || sample === last);
  return {
    title: 'Memory under steady use',
    about: [
      `${figure(acts)} acts, ${perSecond} a second: clicks on the ballots of ${releases} releases, and a command that is refused each ` +
        `fourth time; ${late} were acknowledged too late. The bot runs on PostgreSQL and Redis, with \`node ${flagsOfStart.join(' ')}\` as \`npm start\` runs it; its memory is read every ${sampleSeconds} s.`,
      'The heap is what JavaScript uses, and what V8 has taken for it; buffers are beside it. The rest of the resident memory is the ' +
        'program itself, the C libraries, the stacks of threads, and what the allocator keeps.',
    ],
    tables: [
      {
        title: 'Memory, MB',
        columns: ['', 'resident', 'heap used', 'heap taken', 'buffers'],
        rows: shown.map(({ minutes, rss, heapUsed, heapTotal, external }) => [
          `after ${minutes.toFixed(1)} min`,
          ...[rss, heapUsed, heapTotal, external].map((bytes) => figure(megabytes(bytes))),
        ]),
      },
    ],
    aims: [
      { what: 'Highest resident memory', most: 200, measured: highest, unit: ' MB' },
      { what: 'Growth in the second half', most: 1, measured: Math.max(0, perMinute), unit: ' MB a minute' },
    ],
  };
}

function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}
