import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SandboxClock } from '../../sandbox/sandbox-clock.ts';
import { createAuthentication } from '../../src/bot/teams/client/authentication.ts';
import type { TeamsCredential } from '../../src/config/teams-config.ts';
import { openTeamsPlatform } from '../bot/teams/client/open-teams-platform.ts';
import { type Certificate, makeCertificate } from '../support/certificates.ts';
import { playEntra } from '../support/entra-double.ts';
import { playIdentity } from '../support/identity-double.ts';
import { type LocalTeams, startLocalTeams } from './start-teams-app.ts';

let teams: LocalTeams;
beforeEach(async () => {
  teams = await startLocalTeams(new SandboxClock());
});
afterEach(() => teams.close());

const appId = '0f1f35d6-52a7-4d0e-8a3c-000000000001';
const tenantId = '0f1f35d6-52a7-4d0e-8a3c-000000000002';
const card = { summary: 'Hello', blocks: [] };

/** A token that the local Teams takes: what Microsoft would issue for this app. */
async function issue(): Promise<{ token: string; expiresIn: number }> {
  const { config } = teams;
  if (config.credential.type !== 'secret' || !config.local) throw new Error('the local Teams gives a secret');
  const answer = await fetch(`${config.local.loginUrl}/${config.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: config.appId,
      client_secret: config.credential.secret,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  const { access_token: token, expires_in: expiresIn } = (await answer.json()) as Record<string, unknown>;
  return { token: String(token), expiresIn: Number(expiresIn) };
}

/** Writes to Rita twice, which takes a token. */
async function writeTwice(credential: TeamsCredential): Promise<string[]> {
  const platform = await openTeamsPlatform(teams, { credential });
  await platform.findPersonByEmail('rita@example.com');
  const id = teams.seed.people.find(({ name }) => name === 'rita')?.id ?? '';
  const destination = { channel: 'teams', kind: 'person', id } as const;
  const sent = [
    await platform.post({ destination, card, deliveryId: 'd' }),
    await platform.post({ destination, card, deliveryId: 'e' }),
  ];
  return sent.map(({ result }) => result);
}

const tokenFor = (credential: TeamsCredential) =>
  createAuthentication({ appId, tenantId, credential }, new Set()).getToken();

const certified = ({ certificate, key }: Certificate): TeamsCredential => ({
  type: 'certificate',
  certificate,
  key,
});

it('proves itself with a certificate, to the tenant of the app alone, and keeps the token', async () => {
  const own = await makeCertificate('tminus.example.com');
  const app = { tenantId: teams.seed.tenantId, appId: teams.seed.app.id };
  const entra = await playEntra({ ...app, certificate: own.certificate, issue });
  expect(await writeTwice(certified(own))).toEqual(['sent', 'sent']);
  expect(entra.asked).toEqual([`POST https://login.microsoftonline.com/${app.tenantId}/oauth2/v2.0/token`]);
});

it('has no token with a certificate that is not the one of the app', async () => {
  const [known, own] = await Promise.all([
    makeCertificate('a.example.com'),
    makeCertificate('a.example.com'),
  ]);
  await playEntra({ tenantId, appId, certificate: known.certificate, issue });
  await expect(tokenFor(certified(own))).rejects.toThrow('AADSTS700027');
  // Its key does not go with it.
  await expect(tokenFor(certified({ ...known, key: own.key }))).rejects.toThrow('not by the key');
});

/** What a process of its own gets for each app, asking twice. Starting one takes a while. */
async function tokensIn(env: Record<string, string>, appIds: string[]): Promise<string[]> {
  const main = new URL('ask-for-token-main.ts', import.meta.url).pathname;
  const { PATH = '' } = process.env;
  const args = ['--import', 'tsx', main, ...appIds];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { PATH, ...env } });
  return JSON.parse(stdout) as string[];
}

it.each(['imds', 'app-service'] as const)(
  'proves itself as a managed identity, and nothing else, by what %s says',
  { timeout: 120_000 },
  async (place) => {
    const token = 'a-token';
    const azure = await playIdentity(place, {
      clientId: appId,
      issue: async () => ({ token, expiresIn: 3_600 }),
    });
    // Azure's library alone would take these first, and so would be another app.
    const others = {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: '0f1f35d6-52a7-4d0e-8a3c-00000000000a',
      AZURE_CLIENT_SECRET: "another app's",
    };
    const notAssigned = '0f1f35d6-52a7-4d0e-8a3c-00000000000b';
    const [first, again, refused] = await tokensIn({ ...azure.env, ...others }, [appId, notAssigned]);
    expect([first, again]).toEqual([token, token]);
    expect(refused).toContain('Identity not found');
    // The token is kept.
    expect(azure.asked.filter((one) => one.includes(appId))).toHaveLength(1);
  },
);
