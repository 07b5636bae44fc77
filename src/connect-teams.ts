import type { Config } from './config/config.ts';
import type { ConnectedPlatform, ConnectParts } from './connected-platform.ts';
import { isLoopback } from './lib/is-loopback.ts';

/**
 * Teams as a message channel and a directory. Nothing is contacted yet: Teams says who is where with what people do.
 * @throws Error when the app can't prove itself with what is configured.
 */
export async function connectTeams(
  config: Pick<Config, 'http'> & { teams: NonNullable<Config['teams']> },
  parts: Pick<ConnectParts, 'clock' | 'log' | 'db'>,
): Promise<ConnectedPlatform> {
  const { teams, http } = config;
  const isOpen = teams.appId === '' || teams.credential.type === 'none';
  if (isOpen && !(teams.localOnly && isLoopback(http.host)))
    throw new Error('Teams without an app id is for teams.localOnly on a loopback address only.');
  // What Teams needs is loaded for those who have it: it is much.
  const { createTeams } = await import('./bot/teams/create-teams.ts');
  return { name: 'teams', ...createTeams(teams, parts) };
}
