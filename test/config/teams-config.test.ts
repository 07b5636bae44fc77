import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
// Loaded with the file and not within a test: how long that takes is the machine's affair.
import '../../src/bot/teams/create-teams.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { connectTeams } from '../../src/connect-teams.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';

const TEAMS_APP_ID = '0f1f35d6-52a7-4d0e-8a3c-000000000001';
const TEAMS_TENANT_ID = '0f1f35d6-52a7-4d0e-8a3c-000000000002';
const app = { TEAMS_APP_ID, TEAMS_TENANT_ID };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

async function load(env: Record<string, string>, yaml = '') {
  return loadConfig({ env, file: await write('tminus.yaml', yaml) });
}

it('takes Teams alone, Slack alone, or both', async () => {
  const secret = { ...app, TEAMS_APP_PASSWORD: 's' };
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
  const teams = {
    appId: TEAMS_APP_ID,
    tenantId: TEAMS_TENANT_ID,
    credential: { type: 'secret', secret: 's' },
  };
  const alone = await load(secret);
  expect(alone).toMatchObject({ teams });
  expect(alone).not.toHaveProperty('slack');
  expect(await load(slack)).not.toHaveProperty('teams');
  expect(await load({ ...secret, ...slack })).toMatchObject({ teams, slack: { mode: 'socket' } });
  await expect(load({})).rejects.toThrow('Neither SLACK_BOT_TOKEN nor TEAMS_APP_ID is set.');
});

it('takes a certificate or a managed identity in place of a secret', async () => {
  const certificate = '-----BEGIN CERTIFICATE-----\n';
  const key = '-----BEGIN PRIVATE KEY-----\n';
  const files = {
    TEAMS_CERTIFICATE_FILE: await write('cert.pem', certificate),
    TEAMS_CERTIFICATE_KEY_FILE: await write('key.pem', key),
  };
  expect((await load({ ...app, ...files })).teams?.credential).toEqual({
    type: 'certificate',
    certificate,
    key,
  });
  const identity = { ...app, TEAMS_APP_TYPE: 'UserAssignedMSI' };
  expect((await load(identity)).teams?.credential).toEqual({ type: 'managed-identity' });
  await expect(load({ ...identity, TEAMS_APP_PASSWORD: 's' })).rejects.toThrow('has no password');
  const noPem = { ...files, TEAMS_CERTIFICATE_KEY_FILE: await write('key.txt', 'no key') };
  await expect(load({ ...app, ...noPem })).rejects.toThrow('is not a PEM file');
});

it.each<[string, Record<string, string>, string, string]>([
  ['an app without its tenant', { TEAMS_APP_ID }, '', 'TEAMS_TENANT_ID is not set'],
  ['an app without a credential', app, '', 'Set TEAMS_APP_PASSWORD, or'],
  [
    'what is no id',
    { ...app, TEAMS_APP_ID: 'tminus' },
    '',
    'TEAMS_APP_ID is not usable: is not the id of an app',
  ],
  ['no authentication beside an app', app, 'teams: { localOnly: true }', 'Remove one of them'],
  [
    'no authentication where others reach it',
    {},
    'teams: { localOnly: true }\nhttp: { host: 0.0.0.0 }',
    'http.host has to be a loopback address',
  ],
  ['a tenant that is none', app, 'teams: { allowedTenants: [contoso] }', 'is not the id of a tenant'],
])('refuses %s', async (_, env, yaml, message) => {
  await expect(load(env, yaml)).rejects.toThrow(message);
});

it('has no authentication only where the file says so and nobody else gets there', async () => {
  const config = await load({}, 'teams: { localOnly: true }');
  expect(config.teams).toMatchObject({ appId: '', credential: { type: 'none' } });
  const parts = { clock: systemClock, log: silentLog, db: new Promise<never>(() => undefined) };
  if (!config.teams) throw new Error('Teams is not configured');
  const { teams } = config;
  await expect(connectTeams({ http: config.http, teams }, parts)).resolves.toMatchObject({ name: 'teams' });
  // Whoever makes a configuration without reading one is held to the same.
  const open = { ...config.http, host: '0.0.0.0' };
  await expect(connectTeams({ http: open, teams }, parts)).rejects.toThrow('on a loopback address only');
  const silent = { http: config.http, teams: { ...teams, localOnly: false } };
  await expect(connectTeams(silent, parts)).rejects.toThrow('on a loopback address only');
});

it('takes a local Teams on this machine only', async () => {
  const config = await load({ ...app, TEAMS_APP_PASSWORD: 's' });
  const parts = { clock: systemClock, log: silentLog, db: new Promise<never>(() => undefined) };
  if (!config.teams) throw new Error('Teams is not configured');
  const local = { openIdMetadataUrl: 'http://127.0.0.1:1/openid', loginUrl: 'http://evil.example/login' };
  const teams = { ...config.teams, local };
  await expect(connectTeams({ http: config.http, teams }, parts)).rejects.toThrow('is on this machine');
});
