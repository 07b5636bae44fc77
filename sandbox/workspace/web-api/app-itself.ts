import { SlackRefusal } from '../refusal.ts';
import type { JsonObject } from '../stored.ts';
import type { Call, Method } from './method.ts';

/** Slack tolerates bursts here, as an app may hold ten connections; a supervisor's restarts fit in too. */
const CONNECTIONS_PER_MINUTE = 30;

function test({ core }: Call): JsonObject {
  const { team, app } = core.directory.seed;
  return {
    url: `${core.baseUrl()}/`,
    team: team.name,
    user: app.botName,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  };
}

function openConnection({ core }: Call): JsonObject {
  const url = core.socketUrl();
  if (url === null) throw new SlackRefusal('socket_mode_not_enabled');
  return { url };
}

export const appMethods: Record<string, Method> = {
  'auth.test': { token: 'bot', perMinute: 600, run: test },
  'apps.connections.open': { token: 'app', perMinute: CONNECTIONS_PER_MINUTE, run: openConnection },
};
