import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fastify from 'fastify';
import { type ControlClient, createControlClient } from '../../sandbox/control-client.ts';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { openTeams } from '../../sandbox/teams/open-teams.ts';
import { type TeamsSeed, teamsSeed } from '../../sandbox/teams/seed.ts';
import { defaultSeed } from '../../sandbox/workspace/seed.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { shortcuts } from '../../src/bot/interactions/registry.ts';
import { fileConfigSchema, settingsOf } from '../../src/config/config.ts';
import { newPrivateKey } from '../../src/core/audit/audit-keys.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { startsAt } from './start-test-app.ts';

const clientSecret = 'a-secret-of-the-tests';

/** A local Teams over HTTP, which the bot need not be in. */
export interface LocalTeams {
  url: string;
  seed: TeamsSeed;
  control: ControlClient;
  /** The part of the configuration that is about it. */
  config: NonNullable<Parameters<typeof startApp>[0]['config']['teams']>;
  /** What an activity proves itself with. */
  bearer(): Promise<string>;
  /** Where the bot is from now on; it is told where it is installed. */
  connect(botUrl: string): Promise<void>;
  close(): Promise<void>;
}

export async function startLocalTeams(clock: SandboxClock): Promise<LocalTeams> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-teams-'));
  const seed = teamsSeed(defaultSeed);
  let botUrl: string | null = null;
  const teams = await openTeams({
    ...{ dataDir, clock, seed, clientSecret, limits: 'off' },
    // However slow the machine is, it is the bot that says when it takes longer.
    timing: { messageTimeoutMs: 60_000, invokeTimeoutMs: 60_000 },
    shortcuts: shortcuts.entries.map(({ name, title }) => ({ callbackId: name, name: title })),
    botUrl: () => botUrl,
    clockState: async () => ({ ...clock.state(), nextDueMs: null }),
  });
  const server = fastify({ forceCloseConnections: true });
  let url = '';
  await teams.register(server, () => url);
  await server.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const file = fileConfigSchema.parse({ teams: { pace: { postIntervalMs: 0, editIntervalMs: 0 } } });
  return {
    url,
    seed,
    control: createControlClient(`${url}/teams`),
    config: {
      ...file.teams,
      appId: seed.app.id,
      tenantId: seed.tenantId,
      credential: { type: 'secret', secret: clientSecret },
      local: {
        openIdMetadataUrl: `${url}/teams/openid/.well-known/openidconfiguration`,
        loginUrl: `${url}/teams/login`,
      },
    },
    bearer: teams.bearer,
    connect: async (at) => {
      botUrl = at;
      await teams.greetApp();
    },
    close: async () => {
      teams.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The real bot in a local Teams and nowhere else, with a clock that only the test moves. */
export interface TeamsApp {
  app: RunningApp;
  teams: LocalTeams;
  control: ControlClient;
  clock: SandboxClock;
  database: TestDatabase;
  logged: { level: 'warn' | 'error'; details: Record<string, unknown>; message: string }[];
  stop(): Promise<void>;
}

export async function startTeamsApp({ targetedReplies = false } = {}): Promise<TeamsApp> {
  const clock = new SandboxClock({ startMs: startsAt, paused: true });
  const [database, teams] = await Promise.all([createTestDatabase(), startLocalTeams(clock)]);
  const logged: TeamsApp['logged'] = [];
  const keep = (level: 'warn' | 'error') => (details: unknown, message: string) =>
    void logged.push({ level, details: details as Record<string, unknown>, message });
  const file = fileConfigSchema.parse({
    releaseCreators: ['rita@example.com'],
    defaultZone: 'Europe/Amsterdam',
    http: { port: 0, publicUrl: 'https://tminus.example.com' },
  });
  const app = await startApp({
    config: {
      ...settingsOf(file),
      databaseUrl: database.url,
      dataDir: '/nonexistent',
      auditKey: newPrivateKey(),
      logLevel: 'silent',
      teams: { ...teams.config, targetedReplies },
    },
    clock,
    log: { info: () => undefined, warn: keep('warn'), error: keep('error') },
    // The database is a given one.
    onStorageLost: () => undefined,
  });
  await teams.connect(app.httpUrl);
  return {
    ...{ app, teams, control: teams.control, clock, database, logged },
    stop: async () => {
      await app.stop();
      await teams.close();
      await database.drop();
    },
  };
}
