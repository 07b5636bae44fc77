import type { Config } from '../../config/config.ts';
import type { Queries } from '../../db/transaction.ts';
import type { Clock } from '../../lib/clock.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import type { Log } from '../../lib/log.ts';
import { TeamsAdapter } from './client/adapter.ts';
import { createAuthentication } from './client/authentication.ts';
import { createClient } from './client/client.ts';
import { createTeamsPlatform } from './client/platform.ts';
import { createStore } from './client/store.ts';
import { createTeamsBot, type TeamsBotOptions } from './teams-bot.ts';

/** A page of a team's channels. */
const questionFetch = createFetch({ maxBytes: 8 * 1024 * 1024, timeoutMs: 10_000 });

/** Teams as a message channel and a directory, and the bot in it. */
export function createTeams(
  config: NonNullable<Config['teams']>,
  { clock, log, db }: { clock: Clock; log: Log; db: Promise<Queries> },
) {
  const { appId, tenantId, allowedTenants, targetedReplies, pace } = config;
  const tenants = new Set([tenantId, ...allowedTenants].filter((id) => id !== ''));
  const authentication = createAuthentication(config, tenants);
  const adapter = new TeamsAdapter(authentication, appId);
  const client = createClient({ adapter, authentication, fetch: questionFetch });
  const store = createStore(db, clock);
  const platform = createTeamsPlatform({ client, store, appId, clock, log, pace });
  // Who takes requests without authentication can tell nobody's tenant either.
  const isServed = (id: string) => tenants.has(id) || config.credential.type === 'none';
  return {
    channel: platform,
    createBot: (parts: Pick<TeamsBotOptions, 'services' | 'lateRequests' | 'drawLiveCard'>) =>
      createTeamsBot({ adapter, platform, store, isServed, targetedReplies, ...parts }),
  };
}
