import type { Config } from './config/config.ts';
import { connectSlack } from './connect-slack.ts';
import { connectTeams } from './connect-teams.ts';
import type { ConnectedPlatform, ConnectParts } from './connected-platform.ts';

/**
 * Connects each platform that is configured, the one first to which a bare `#name` belongs.
 * @throws Error when one refuses what tminus proves itself with.
 */
export async function connectPlatforms(config: Config, parts: ConnectParts): Promise<ConnectedPlatform[]> {
  const { slack, teams } = config;
  return Promise.all([
    ...(slack ? [connectSlack({ ...config, slack }, parts)] : []),
    ...(teams ? [connectTeams({ ...config, teams }, parts)] : []),
  ]);
}
