import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { errorMessage } from '../src/lib/error-message.ts';
import { bundleProcesses } from './bundle.ts';
import { stopChildren } from './child.ts';
import { describeMachine } from './machine.ts';
import { type Report, reportToMarkdown } from './report.ts';
import { startServers } from './servers.ts';
import type { BenchContext, Suite } from './suite.ts';
import { measureAcknowledgement } from './suites/ack.ts';
import { measureBurst } from './suites/burst.ts';
import { measureDue } from './suites/due.ts';
import { measurePlanning } from './suites/plan.ts';
import { measureSoak } from './suites/soak.ts';
import { checkBundle, measureStart } from './suites/start.ts';
import { measureTeams } from './suites/teams.ts';

const suites: Record<string, Suite> = {
  ack: measureAcknowledgement,
  teams: measureTeams,
  burst: measureBurst,
  due: measureDue,
  plan: measurePlanning,
  soak: measureSoak,
  start: measureStart,
};

const names = Object.keys(suites);

const usage = `Usage: npm run bench -- [suite…] [options]

  <suite>             only these of ${names.join(', ')}; the same as --only <suite>
  --quick             fewer rounds: shows that it runs, and the rough size of things
  --minutes <number>  how long the soak takes; 10, with --quick 2, unless told
  --write             keeps the figures in docs/benchmarks.md; takes all suites
  --profile <folder>  keeps CPU profiles of the bot in a folder
  --help              says this`;

/** Runs the benchmarks on servers of their own, prints their tables, and with --write keeps them. */
async function main(): Promise<void> {
  const { values, only, minutes } = readOptions();
  if (values.help) {
    console.log(usage);
    return;
  }
  const chosen = Object.entries(suites).filter(([name]) => only.length === 0 || only.includes(name));
  if (chosen.some(([, measure]) => measure === measureStart)) checkBundle();
  // Each process of the benchmarks is ended with this one.
  process.setMaxListeners(100);
  const bundle = await bundleProcesses();
  const servers = await startServers();
  const before = load();
  const say = (line: string) => console.error(line);
  const { quick, profile: profileTo } = values;
  const context: BenchContext = { servers, bundle, quick, minutes, profileTo, say };
  try {
    const reports: Report[] = [];
    for (const [, measure] of chosen) {
      const report = await measure(context);
      console.log(reportToMarkdown(report));
      reports.push(report);
    }
    if (values.write) await writeDocument(reports, { machine: describeMachine(servers), before });
  } finally {
    // First: a bot whose database goes away says so, over and over, below the error that ended the run.
    await stopChildren();
    await servers.stop();
  }
}

/** The command line; ends the process when it can't be followed. */
function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        minutes: { type: 'string' },
        write: { type: 'boolean', default: false },
        profile: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const only = [...positionals, ...(values.only ?? [])];
    const unknown = only.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`There is no suite ${unknown}.`);
    if (values.write && only.length > 0 && names.some((name) => !only.includes(name)))
      throw new Error('--write takes all suites.');
    const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
    if (minutes !== undefined && !(minutes > 0)) throw new Error('--minutes takes a number above 0.');
    return { values, only, minutes };
  } catch (error) {
    console.error(`${errorMessage(error)}\n\n${usage}`);
    process.exit(1);
  }
}

/** Of the last minute. */
function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

async function writeDocument(
  reports: readonly Report[],
  { machine, before }: { machine: string; before: string },
): Promise<void> {
  const text = [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}. To run them again: ` +
      '`npm run bench`, one of them with `-- ack` (`teams`, `burst`, `due`, `plan`, `soak`, `start`), a short look with `-- --quick`. ' +
      'They bring their own PostgreSQL and Redis and stay on the loopback interface.',
    '',
    `Machine: ${machine}. Load average before the run ${before}, after it ${load()}: whatever else ran on the ` +
      'machine is in the figures.',
    '',
    'Absolute figures move with the machine; read the ratios, which are taken within one run.',
    '',
    ...reports.map(reportToMarkdown),
  ].join('\n');
  await writeFile(new URL('../docs/benchmarks.md', import.meta.url), text);
}

await main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
// A child that hangs must not keep the command from ending.
process.exit();
