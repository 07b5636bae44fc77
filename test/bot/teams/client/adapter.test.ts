import type { Activity } from 'botbuilder';
import { expect, it } from 'vitest';
import { NotAuthenticatedError, TeamsAdapter } from '../../../../src/bot/teams/client/adapter.ts';
import { createAuthentication } from '../../../../src/bot/teams/client/authentication.ts';

const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:9/',
  from: { id: '29:1', aadObjectId: 'rita' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1' },
} as Activity;

it('runs a turn without a token only where nobody has a credential', async () => {
  const open = { appId: '', tenantId: '', credential: { type: 'none' as const } };
  const turns: string[] = [];
  const turn = async () => void turns.push('run');
  await new TeamsAdapter(createAuthentication(open, new Set()), '').receive('', activity, turn);
  expect(turns).toEqual(['run']);
  const appId = '0f1f35d6-52a7-4d0e-8a3c-000000000001';
  const tenantId = '0f1f35d6-52a7-4d0e-8a3c-000000000002';
  for (const credential of [
    { type: 'secret', secret: 's' } as const,
    { type: 'managed-identity' } as const,
  ]) {
    const closed = createAuthentication({ appId, tenantId, credential }, new Set([tenantId]));
    await expect(new TeamsAdapter(closed, appId).receive('', activity, turn)).rejects.toThrow(
      NotAuthenticatedError,
    );
  }
  expect(turns).toEqual(['run']);
});
