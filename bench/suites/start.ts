import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from '../child.ts';
import { type LoadedModules, readLoadedModules } from '../loaded-modules.ts';
import type { LoadProcess } from '../processes/load-main.ts';
import { figure, type Report } from '../report.ts';
import { type Program, startProgram } from '../start-program.ts';
import { median } from '../statistics.ts';
import type { BenchContext } from '../suite.ts';

const bot = fileURLToPath(new URL('../../bin/tminus.mjs', import.meta.url));
const bundleOfBot = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Resident memory is read when the process has had so long to settle. */
const settleMs = 5_000;

interface Start {
  /** Milliseconds from the start of the process to its word that it is ready. */
  readyMs: number;
  /** Bytes. */
  memory: number;
  /** Of the PostgreSQL that it started itself, bytes; 0 when it started none. */
  database: number;
}

interface Contestant extends Program {
  name: string;
}

/** Ends the run when there is nothing to measure, with what to do. */
export function checkBundle(): void {
  if (existsSync(bundleOfBot)) return;
  console.error('Run "npm run build" first: the suite start measures the built bot.');
  process.exit(1);
}

/** Cold start to ready, and memory at rest. */
export async function measureStart(context: BenchContext): Promise<Report> {
  const slack = startChild<LoadProcess>(context.bundle('load-main'));
  const dataDir = await mkdtemp(path.join(tmpdir(), `tminus-bench-start-${process.pid}-`));
  try {
    const apiUrl = await slack.ask('start', undefined);
    const contestants = await listContestants(context, { apiUrl, dataDir });
    const rounds = await measureRounds(context, contestants);
    return report(contestants, rounds, await checkLoaded(contestants[1] as Contestant));
  } finally {
    await slack.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** @throws Error when a bot that is connected to Slack alone has loaded what only Teams needs. */
async function checkLoaded(slackAlone: Contestant): Promise<LoadedModules> {
  const loaded = await readLoadedModules(slackAlone, path.dirname(bundleOfBot));
  if (loaded.ofBotbuilder > 0)
    throw new Error(`A bot without Teams has loaded ${loaded.ofBotbuilder} modules of botbuilder.`);
  return loaded;
}

async function listContestants(
  { bundle, servers }: BenchContext,
  { apiUrl, dataDir }: { apiUrl: string; dataDir: string },
): Promise<Contestant[]> {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-start', SLACK_APP_TOKEN: 'xapp-start', SLACK_API_URL: apiUrl };
  const outside = { ...slack, DATABASE_URL: await servers.createDatabase('start') };
  const bare = { ...slack, DATABASE_URL: await servers.createDatabase('start_bare') };
  const redis = { REDIS_URL: servers.redisUrl };
  const imports = [bundle('bare-imports-main')];
  const tminus = [bot, 'start'];
  return [
    { name: 'bare imports, PostgreSQL and Redis', program: imports, env: { ...bare, ...redis } },
    { name: 'tminus, PostgreSQL and Redis', program: tminus, env: { ...outside, ...redis } },
    { name: 'bare imports, PostgreSQL', program: imports, env: bare },
    {
      name: 'tminus, embedded PostgreSQL',
      program: tminus,
      env: { ...slack, TMINUS_DATA_DIR: dataDir },
      dataDir,
    },
  ];
}

async function measureRounds({ quick, say }: BenchContext, contestants: readonly Contestant[]) {
  const rounds: Start[][] = [];
  // The first round creates databases and does not count.
  for (let round = 0; round <= (quick ? 1 : 5); round += 1) {
    say(`start, round ${round}`);
    const starts: Start[] = [];
    for (const contestant of contestants) starts.push(await measureOne(contestant));
    if (round > 0) rounds.push(starts);
  }
  return rounds;
}

async function measureOne(contestant: Contestant): Promise<Start> {
  const { dataDir } = contestant;
  const { pid, readyMs, stop } = await startProgram(contestant);
  try {
    await pause(settleMs);
    return { readyMs, memory: memoryOf(pid), database: dataDir ? databaseMemory(dataDir) : 0 };
  } finally {
    await stop();
  }
}

function databaseMemory(dataDir: string): number {
  const server = Number.parseInt(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return [server, ...children].reduce((total, pid) => total + proportionalMemoryOf(pid), 0);
}

/** Resident bytes of a process. */
function memoryOf(pid: number): number {
  return kilobytes(readFileSync(`/proc/${pid}/status`, 'utf8'), /VmRSS:\s+(\d+) kB/);
}

/** The same where processes share memory: each one's part of what they share. */
function proportionalMemoryOf(pid: number): number {
  return kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), /^Pss:\s+(\d+) kB/m);
}

function kilobytes(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? Number.NaN) * 1024;
}

function report(
  contestants: readonly Contestant[],
  rounds: readonly Start[][],
  { files, modules, ofBotbuilder }: LoadedModules,
): Report {
  const of = (index: number, read: (start: Start) => number) =>
    median(rounds.map((round) => read(round[index] as Start)));
  const times = (index: number, bare: number) =>
    median(rounds.map((round) => (round[index] as Start).readyMs / (round[bare] as Start).readyMs));
  const rows = contestants.map(({ name }, index) => [
    name,
    figure(of(index, ({ readyMs }) => readyMs)),
    figure(times(index, index - (index % 2))),
    figure(megabytes(of(index, ({ memory }) => memory))),
    index === 3 ? figure(megabytes(of(index, ({ database }) => database))) : '',
  ]);
  const columns = ['', 'ready ms', '× bare imports', 'memory MB', 'PostgreSQL MB'];
  const memory = (index: number) => megabytes(of(index, (start) => start.memory));
  return {
    title: 'Cold start and memory at rest',
    about,
    tables: [
      { title: 'Start to ready', columns, rows },
      {
        title: 'Loaded with Slack alone',
        columns: ['', 'files', 'modules in them', 'of botbuilder'],
        rows: [['tminus', ...[files, modules, ofBotbuilder].map(String)]],
      },
    ],
    aims: [
      { what: 'Storage outside: ready', most: 1.5, measured: times(1, 0), unit: ' × bare imports' },
      { what: 'Embedded: ready', most: 1.5, measured: times(3, 2), unit: ' × bare imports' },
      { what: 'Storage outside: memory', most: 150, measured: memory(1), unit: ' MB' },
      { what: 'Embedded: memory', most: 150, measured: memory(3), unit: ' MB' },
    ],
  };
}

const about = [
  'The built bot, from the start of its process to its line "tminus is ready" (migrated, connected over ' +
    `Socket Mode, jobs running), and its resident memory ${settleMs / 1000} s later. The files are in the ` +
    "machine's cache and the databases exist, as after a restart.",
  'Compared with a script that imports Bolt, drizzle with pg, BullMQ, ioredis and zod, bundled, and ' +
    'makes the same connections. The embedded start includes starting PostgreSQL, which the bare one ' +
    "finds running; PostgreSQL's own memory is told apart, each process with its part of what they share.",
  'None of the bots is connected to Teams, and so none loads botbuilder. One more start, which is not measured, ' +
    'shows that by the files of the bundle that Node has loaded; this ends with an error when one holds botbuilder.',
];

function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}
