import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ControlClient, createControlClient } from '../../sandbox/control-client.ts';
import { type Demo, startDemo } from '../../sandbox/demo/demo.ts';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import type { WorkspaceOptions } from '../../sandbox/workspace/options.ts';
import { defaultSeed, type WorkspaceSeed } from '../../sandbox/workspace/seed.ts';
import { type RunningWorkspace, startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { slackManifest } from '../../src/bot/slack/manifest.ts';
import { type AdapterRegistries, adapterRegistries } from '../../src/config/adapter-registries.ts';
import {
  type Config,
  type FileConfig,
  fileConfigSchema,
  type SlackConfig,
  settingsOf,
} from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/load-config.ts';
import type { Log } from '../../src/lib/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { findTestPort } from '../support/test-port.ts';
import { httpWire, type SlackWire, socketWire } from './slack-wire.ts';

/** How the workspace reaches the bot; everything has to hold in both. */
export const modes = ['socket', 'http'] as const;
export type Mode = (typeof modes)[number];

export const signingSecret = 'a-secret-of-the-tests';
export const startsAt = Date.parse('2027-03-01T08:00:00Z');
const tokens = { botToken: 'xoxb-tests', appToken: 'xapp-tests' };

/** The real bot in a local workspace, on a database of its own, with a clock that only the test moves. */
export interface TestApp {
  mode: Mode;
  app: RunningApp;
  workspace: RunningWorkspace;
  control: ControlClient;
  clock: SandboxClock;
  demo: Demo;
  database: TestDatabase;
  /** With the key of the audit trail, which commands need, too. */
  dataDir: string;
  /** Hands the bot payloads that the workspace would not make. */
  wire: SlackWire;
  /** Where the bot takes requests, in HTTP mode Slack's too. */
  botUrl: string;
  /** What the bot logged as a warning or an error. */
  logged: { level: 'warn' | 'error'; details: unknown; message: string }[];
  stop(): Promise<void>;
}

export interface TestAppOptions {
  metricsUrl?: string;
  commandNames?: Config['commands'];
  /** The kinds of adapters that there are; left out, those of the product. */
  adapters?: AdapterRegistries;
  /** Who works in the workspace, and where; left out, those of the sandbox. */
  seed?: WorkspaceSeed;
  /** Without one, as every workspace is that deploys with a pipeline of its own. */
  hasDriver?: boolean;
  /** The configuration file's text, for what the tests don't set themselves. */
  tminusYaml?: string;
}

/**
 * Starts everything; nothing is shared with another test file. Gates read the demo service, or the page at
 * `metricsUrl`. Commands have their own names, or those of `commandNames`.
 */
export async function startTestApp(
  mode: Mode,
  {
    metricsUrl,
    commandNames = {},
    adapters = adapterRegistries,
    seed = defaultSeed,
    hasDriver = true,
    tminusYaml = '',
  }: TestAppOptions = {},
): Promise<TestApp> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-app-'));
  const clock = new SandboxClock({ startMs: startsAt, paused: true });
  const botPort = await findTestPort();
  const [database, demo, workspace] = await Promise.all([
    createTestDatabase(),
    startDemo({ dataDir, stableVersion: '2.3.0', candidateVersion: '2.4.0', load: 0 }),
    startWorkspace(workspaceOptions({ mode, dataDir, clock, botPort, commandNames, seed })),
  ]);
  const logged: TestApp['logged'] = [];
  const socket = mode === 'socket' ? await socketWire(workspace.apiUrl) : null;
  const wire = socket ?? httpWire(botUrl(botPort), signingSecret);
  const apiUrl = socket?.apiUrl ?? workspace.apiUrl;
  const config = botConfig({
    ...{ mode, dataDir, demo, apiUrl, botPort, databaseUrl: database.url },
    metricsUrl: metricsUrl ?? demo.metricsUrl,
    hasDriver,
    file: parseConfigFile(tminusYaml, { path: 'tminus.yaml', env: {}, adapters }),
  });
  // The database is a given one.
  const onStorageLost = () => undefined;
  const named = { ...config, commands: commandNames };
  const app = await startApp({ config: named, adapters, clock, log: keepLog(logged), onStorageLost });
  return {
    mode,
    app,
    workspace,
    control: createControlClient(workspace.url),
    clock,
    demo,
    database,
    dataDir,
    wire,
    botUrl: botUrl(botPort),
    logged,
    stop: async () => {
      await app.stop();
      await wire.close();
      await workspace.close();
      await demo.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function workspaceOptions(facts: {
  mode: Mode;
  dataDir: string;
  clock: SandboxClock;
  botPort: number;
  commandNames: Config['commands'];
  seed: WorkspaceSeed;
}): WorkspaceOptions {
  const { mode, dataDir, clock, botPort, commandNames, seed } = facts;
  const manifest = slackManifest({ mode: 'socket', commandNames });
  return {
    port: 0,
    dataDir,
    clock,
    seed,
    signingSecret,
    ...tokens,
    delivery: mode === 'socket' ? { kind: 'socket' } : { kind: 'http', url: botUrl(botPort) },
    commands: (manifest.features?.slash_commands ?? []).map(({ command }) => {
      return { command, description: '', usageHint: '' };
    }),
    scopes: [...(manifest.oauth_config?.scopes?.bot ?? [])],
    events: [...(manifest.settings?.event_subscriptions?.bot_events ?? [])],
    limits: 'off',
  };
}

function botConfig(facts: {
  mode: Mode;
  dataDir: string;
  demo: Demo;
  apiUrl: string;
  botPort: number;
  databaseUrl: string;
  metricsUrl: string;
  hasDriver: boolean;
  file: FileConfig;
}): Config {
  const { mode, demo, apiUrl, botPort, databaseUrl, dataDir, metricsUrl, hasDriver, file: given } = facts;
  const base = { botToken: tokens.botToken, apiUrl };
  const slack: SlackConfig =
    mode === 'socket' ? { ...base, mode, appToken: tokens.appToken } : { ...base, mode, signingSecret };
  const file = fileConfigSchema.parse({
    releaseCreators: ['rita@example.com'],
    defaultZone: 'Europe/Amsterdam',
    http: { port: mode === 'http' ? botPort : 0 },
    drivers: hasDriver ? { demo: { type: 'demo', adminUrl: demo.adminUrl, token: demo.adminToken } } : {},
    metrics: { demo: { type: 'prometheus-text', url: metricsUrl } },
    slack: { pace: { postIntervalMs: 0, editIntervalMs: 0 } },
  });
  const { notifiers } = given;
  const drivers = { ...file.drivers, ...given.drivers };
  const metrics = { ...file.metrics, ...given.metrics };
  return {
    ...settingsOf(file),
    drivers,
    metrics,
    notifiers,
    databaseUrl,
    dataDir,
    logLevel: 'silent',
    slack: { ...file.slack, ...slack },
  };
}

function botUrl(port: number): string {
  return `http://127.0.0.1:${port}/slack/events`;
}

function keepLog(logged: TestApp['logged']): Log {
  return {
    info: () => undefined,
    warn: (details, message) => void logged.push({ level: 'warn', details, message }),
    error: (details, message) => void logged.push({ level: 'error', details, message }),
  };
}
