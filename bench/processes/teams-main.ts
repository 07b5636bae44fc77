import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fastify from 'fastify';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { type OpenTeams, openTeams } from '../../sandbox/teams/open-teams.ts';
import type { TeamsConfig } from '../../src/config/teams-config.ts';
import { serveParent } from '../parent-link.ts';
import { benchSeed } from '../teams-vote.ts';

const clientSecret = 'bench-client-secret';

let teams: OpenTeams | undefined;
let botUrl: string | null = null;

const handlers = {
  /** Starts the local Teams with so many people besides its own; its rate limits are off. Returns what a bot needs. */
  start: async ({ people }: { people: number }): Promise<{ config: TeamsConfig; serviceUrl: string }> => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tminus-bench-teams-'));
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
    const clock = new SandboxClock();
    const seed = benchSeed(people);
    teams = await openTeams({
      ...{ dataDir, clock, seed, clientSecret, limits: 'off', botUrl: () => botUrl },
      clockState: async () => ({ ...clock.state(), nextDueMs: null }),
    });
    const server = fastify({ forceCloseConnections: true });
    let url = '';
    await teams.register(server, () => url);
    await server.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    return {
      serviceUrl: `${url}/teams/connector/`,
      config: {
        appId: seed.app.id,
        tenantId: seed.tenantId,
        credential: { type: 'secret', secret: clientSecret },
        local: {
          openIdMetadataUrl: `${url}/teams/openid/.well-known/openidconfiguration`,
          loginUrl: `${url}/teams/login`,
        },
      },
    };
  },
  /** Tells a bot (`http://127.0.0.1:port`) of the team and of everybody in it. */
  connect: async (url: string): Promise<void> => {
    botUrl = url;
    await opened().greetApp();
  },
  /** A bearer for activities; it holds five minutes. */
  bearer: (): Promise<string> => opened().bearer(),
};
export type TeamsProcess = typeof handlers;
serveParent(handlers);

function opened(): OpenTeams {
  if (!teams) throw new Error('the local Teams is not started');
  return teams;
}
