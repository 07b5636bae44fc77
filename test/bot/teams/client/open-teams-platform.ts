import { TeamsAdapter } from '../../../../src/bot/teams/client/adapter.ts';
import { createAuthentication } from '../../../../src/bot/teams/client/authentication.ts';
import { createClient } from '../../../../src/bot/teams/client/client.ts';
import { createTeamsPlatform } from '../../../../src/bot/teams/client/platform.ts';
import type { TeamsCredential } from '../../../../src/config/teams-config.ts';
import { createFetch } from '../../../../src/lib/http/create-fetch.ts';
import { type Log, silentLog } from '../../../../src/lib/log.ts';
import type { LocalTeams } from '../../../app/start-teams-app.ts';
import { createMemoryStore } from './memory-store.ts';

/** The bot in a local Teams, as it is once it was told that it is in the team. */
export async function openTeamsPlatform(
  { config, seed, url }: LocalTeams,
  { credential = config.credential, log = silentLog }: { credential?: TeamsCredential; log?: Log } = {},
) {
  const authentication = createAuthentication({ ...config, credential }, new Set([seed.tenantId]));
  const adapter = new TeamsAdapter(authentication, config.appId);
  const client = createClient({ adapter, authentication, fetch: createFetch({ maxBytes: 1e6 }) });
  const store = createMemoryStore();
  const place = { workspaceId: seed.tenantId, serviceUrl: `${url}/teams/connector/` };
  await store.note({ kind: 'group', id: seed.team.id, ...place, name: seed.team.name });
  const pace = { postIntervalMs: 0, editIntervalMs: 0 };
  return createTeamsPlatform({ client, store, appId: config.appId, clock: { wall: Date.now }, log, pace });
}
