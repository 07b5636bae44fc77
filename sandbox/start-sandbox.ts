import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { slackManifest } from '../src/bot/slack/manifest.ts';
import { botConfig } from './bot/bot-config.ts';
import { registerBotRoutes } from './bot/bot-routes.ts';
import type { KnownPerson } from './bot/connect-accounts.ts';
import { type SupervisedBot, superviseBot } from './bot/supervise-bot.ts';
import type { BotProcess } from './control-api.ts';
import type { ChatPlatform } from './control-client.ts';
import { registerDemoRoutes } from './demo/demo-routes.ts';
import { startDemoProcess } from './demo/start-demo-process.ts';
import { lockFolder } from './lock-folder.ts';
import { rememberSecrets } from './remember-secrets.ts';
import { reportNextDue } from './report-next-due.ts';
import { SandboxClock } from './sandbox-clock.ts';
import { servePage } from './serve-page.ts';
import { Show } from './show/show.ts';
import { registerShowRoutes, registerStartOver, type Watch } from './show/show-routes.ts';
import { openTeams } from './teams/open-teams.ts';
import { type TeamsSeed, teamsSeed } from './teams/seed.ts';
import type { WorkspaceOptions } from './workspace/options.ts';
import { defaultSeed, type WorkspaceSeed } from './workspace/seed.ts';
import { type RunningWorkspace, startWorkspace } from './workspace/start-workspace.ts';

export interface SandboxOptions {
  /** 0 takes a free port. A function is asked when the folder is this sandbox's. */
  port: number | (() => Promise<number>);
  /** Everything is kept here, `.tminus` unless told otherwise. */
  dataDir: string;
  /** The clock where the folder remembers none: the instant (epoch ms) and whether it stands still. */
  startMs?: number;
  paused?: boolean;
  /** Undefined: embedded PostgreSQL under `dataDir`; the queue is in PostgreSQL unless Redis is given. */
  databaseUrl?: string;
  redisUrl?: string;
  /** Where the bot is. Default: Slack alone. */
  platforms?: readonly ChatPlatform[];
  /** Handles of people who are in Teams and not in Slack; by default everybody is in both. */
  onlyInTeams?: readonly string[];
  /** Whether everybody's accounts on both platforms are theirs from the beginning. Default: each is asked. */
  accountsConnected?: boolean;
  /** `off`, for tests in a hurry: no rate limits in the workspace, and a bot that keeps no pace. Default `slack`. */
  limits?: 'slack' | 'off';
  /** Whether the browser page is built and served. */
  page?: boolean;
  /** Requests per second on the demo service. */
  load?: number;
  /** Ends this sandbox and begins a new one, which the page may ask for; `watch`: with the show. */
  onStartOver?: (watch: Watch) => void;
  /** Where the show is played as soon as there is a release to show. Default: only when somebody asks. */
  watch?: ChatPlatform;
  say: (line: string) => void;
}

export interface RunningSandbox {
  /** The page and the control interface. */
  url: string;
  workspace: RunningWorkspace;
  bot: SupervisedBot;
  show: Show;
  stop(): Promise<void>;
}

/**
 * Starts the world (a workspace, a demo service, a clock) and the bot in it. Leaves nothing running when it
 * rejects: the folder is in use (`FolderInUseError`), the port is taken, the bot can't start.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    // The last started first; a second call finds nothing left to stop.
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await startParts(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: SandboxOptions,
  closers: (() => unknown)[],
): Promise<Omit<RunningSandbox, 'stop'>> {
  const { dataDir, say } = options;
  const folder = path.join(path.resolve(dataDir), 'sandbox');
  makeFolder(folder);
  const held = lockFolder(folder);
  closers.push(() => held.release());
  const secrets = rememberSecrets(folder);
  const clock = new SandboxClock({
    ...(options.startMs === undefined ? {} : { startMs: options.startMs }),
    paused: options.paused ?? false,
  });
  const platforms = options.platforms ?? ['slack'];
  const seeds = seedsOf(options.onlyInTeams);
  say(
    `Starting a local ${platforms.map((each) => names[each]).join(' and ')}, and a demo service with two versions to release`,
  );
  const demo = await startDemoProcess(
    {
      dataDir: folder,
      stableVersion: '2.3.0',
      candidateVersion: '2.4.0',
      ...(options.load === undefined ? {} : { load: options.load }),
    },
    () => say('The demo service has ended unexpectedly. Stop the sandbox and start it again.'),
  );
  closers.push(() => demo.close());
  let bot: SupervisedBot | null = null;
  let show: Show | null = null;
  const { teamsSecret, ...slackSecrets } = secrets;
  const nextDue = async () => (await bot?.agenda())?.[0]?.atMs ?? null;
  const teams = await openTeams({
    dataDir: folder,
    clock,
    seed: seeds.teams,
    clientSecret: teamsSecret,
    botUrl: () => bot?.httpUrl() ?? null,
    limits: options.limits === 'off' ? 'off' : 'teams',
    commands: platforms.includes('teams') ? teamsCommands() : [],
    shortcuts: platforms.includes('teams') ? (manifestOptions().shortcuts ?? []) : [],
    clockState: async () => ({ ...clock.state(), nextDueMs: await nextDue() }),
  });
  closers.push(() => teams.close());
  const workspace = await startWorkspace({
    ...manifestOptions(),
    ...slackSecrets,
    port: typeof options.port === 'number' ? options.port : await options.port(),
    dataDir: folder,
    clock,
    seed: seeds.slack,
    delivery: { kind: 'socket' },
    limits: options.limits ?? 'slack',
    nextDue,
    extensions: async (app, publish, baseUrl) => {
      await teams.register(app, baseUrl);
      registerDemoRoutes(app, demo);
      registerBotRoutes(app, () => bot);
      registerShowRoutes(app, () => show);
      registerStartOver(app, options.onStartOver);
      demo.onChange((state) => publish({ type: 'demo', demo: state }));
      if (options.page !== false) await servePage(app);
    },
  });
  closers.push(() => workspace.close());
  held.leaveNote(workspace.url);
  const shown = new Show({
    url: workspace.url,
    platforms,
    onState: (state) => workspace.publish({ type: 'show', show: state }),
  });
  closers.push(() => shown.stop());
  if (options.watch) await shown.play(options.watch);
  show = shown;
  say(`Starting the bot${options.databaseUrl ? '' : ', with a PostgreSQL of its own'}`);
  bot = superviseBot({
    config: botConfig({ ...options, platforms }, { secrets, demo, workspace, seed: seeds.teams }),
    clock,
    people: options.accountsConnected && platforms.length > 1 ? withTwoAccounts(seeds) : [],
    logFile: botLogFile(dataDir),
    onState: (state: BotProcess) => {
      workspace.publish({ type: 'bot', bot: state });
      if (state.state === 'running' && platforms.includes('teams')) void teams.greetApp();
    },
  });
  const supervised = bot;
  closers.push(() => supervised.stop());
  closers.push(reportNextDue(workspace));
  await bot.ready();
  if (platforms.includes('teams')) await teams.greetApp();
  return { url: workspace.url, workspace, bot, show: shown };
}

/** @throws Error with the next step when the folder can't be made. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = reasons[error instanceof Error && 'code' in error ? String(error.code) : ''];
    if (!reason) throw error;
    throw new Error(
      `${path.dirname(folder)} can't hold the sandbox's data: ${reason}. Name another folder with --data.`,
    );
  }
}

/** Why a folder can't be made or written, by the system's code. */
const reasons: Record<string, string> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'that disk can only be read',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENOENT: 'its path leads nowhere',
};

/** Where the bot in a sandbox writes its log. */
export function botLogFile(dataDir: string): string {
  return path.join(path.resolve(dataDir), 'sandbox', 'bot.log');
}

/** The workspace offers and allows what the app's manifest says, and nothing else. */
function manifestOptions(): Pick<WorkspaceOptions, 'commands' | 'shortcuts' | 'scopes' | 'events'> {
  const manifest = slackManifest({ mode: 'socket' });
  return {
    commands: (manifest.features?.slash_commands ?? []).map((command) => ({
      command: command.command,
      description: command.description,
      usageHint: command.usage_hint ?? '',
      shouldEscape: command.should_escape ?? false,
    })),
    shortcuts: (manifest.features?.shortcuts ?? []).map(({ callback_id: callbackId, name }) => ({
      callbackId,
      name,
    })),
    scopes: [...(manifest.oauth_config?.scopes?.bot ?? [])],
    events: [...(manifest.settings?.event_subscriptions?.bot_events ?? [])],
  };
}

const names: Record<ChatPlatform, string> = { slack: 'Slack workspace', teams: 'Microsoft Teams' };

/** The same people and channels on both platforms, but for those who are in Teams alone. */
function seedsOf(onlyInTeams?: readonly string[]): { slack: WorkspaceSeed; teams: TeamsSeed } {
  const teams = teamsSeed(defaultSeed);
  if (onlyInTeams === undefined) return { slack: defaultSeed, teams };
  const isInTeams = ({ name }: { name: string }) => onlyInTeams.includes(name);
  return {
    slack: { ...defaultSeed, people: defaultSeed.people.filter((person) => !isInTeams(person)) },
    teams: { ...teams, people: teams.people.filter(isInTeams) },
  };
}

/** Everybody who is on both platforms. */
function withTwoAccounts({ slack, teams }: ReturnType<typeof seedsOf>): KnownPerson[] {
  return slack.people.flatMap(({ id, email, realName: name }) => {
    const other = teams.people.find((person) => person.email === email);
    if (!other) return [];
    const accounts = [
      { platform: 'slack', id },
      { platform: 'teams', id: other.id },
    ];
    return [{ name, accounts }];
  });
}

/** What is offered in the composer: the same commands, which are messages there. */
function teamsCommands(): WorkspaceOptions['commands'] {
  return manifestOptions().commands.map((each) => ({ ...each, command: each.command.replace('/', '') }));
}
