import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActionResult } from '../../sandbox/control-api.ts';
import { exportAudit } from '../../src/services/audit/export-audit.ts';
import { startTeamsApp, type TeamsApp } from './start-teams-app.ts';

let teams: TeamsApp;
let rita = '';
let channel = '';

beforeAll(async () => {
  teams = await startTeamsApp();
  rita = teams.teams.seed.people.find(({ name }) => name === 'rita')?.id ?? '';
  channel = teams.teams.seed.channels.find(({ name }) => name === 'release-deployment')?.id ?? '';
});
afterAll(() => teams.stop());

async function act(path: string, body: object): Promise<ActionResult> {
  const headers = { 'content-type': 'application/json' };
  const url = `${teams.teams.url}/teams/sandbox/actions/${path}`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await answer.json()) as ActionResult;
}
const mention = (more: object) => act('message', { person: rita, channel, text: '@tminus status', ...more });
const events = async () => {
  const actions: string[] = [];
  const { services } = teams.app;
  for await (const event of exportAudit(services.db, { releaseKey: null })) actions.push(event);
  return actions;
};

it.each(['none', 'forged', 'expired', 'wrong-audience', 'wrong-issuer', 'wrong-tenant', 'wrong-service'])(
  'refuses a token that is %s with 401, tells the security log, and does nothing',
  async (token) => {
    const before = await events();
    teams.logged.length = 0;
    expect(await mention({ token })).toMatchObject({
      status: 'not-delivered',
      detail: 'The app answered with HTTP 401.',
    });
    expect(teams.logged.map(({ details }) => details)).toEqual([
      expect.objectContaining({ security: 'request-not-authenticated', platform: 'teams' }),
    ]);
    expect(JSON.stringify(teams.logged)).not.toMatch(/eyJ|Bearer/);
    expect(await events()).toEqual(before);
  },
);

it('refuses somebody of another tenant, and the trail says who tried', async () => {
  expect(await mention({ token: 'other-tenant' })).toMatchObject({ status: 'acknowledged' });
  const refused = (await events()).filter((event) => event.includes('workspace.enter'));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain('not-permitted');
});

it('answers one message once, however often it is delivered', async () => {
  const before = (await events()).filter((event) => event.includes('message.replied')).length;
  expect(await mention({ times: 3 })).toMatchObject({ status: 'acknowledged' });
  const after = (await events()).filter((event) => event.includes('message.replied')).length;
  expect(after - before).toBe(1);
});

it('takes nothing that is no activity of Teams', async () => {
  const post = (body: string) =>
    fetch(`${teams.app.httpUrl}/api/messages`, { method: 'POST', body }).then(({ status }) => status);
  expect(await post('no JSON')).toBe(400);
  expect(await post('[]')).toBe(400);
  expect(await post(JSON.stringify({ type: 'message', channelId: 'emulator', serviceUrl: 'http://x' }))).toBe(
    400,
  );
  expect(await post(JSON.stringify({ type: 'message', channelId: 'msteams', serviceUrl: 'http://x' }))).toBe(
    401,
  );
});
