import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { isLoopback } from '../lib/is-loopback.ts';
import type { FileConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import type { TeamsConfig, TeamsCredential, teamsEnvFields } from './teams-config.ts';

type TeamsEnv = z.infer<z.ZodObject<typeof teamsEnvFields>>;

/**
 * Which app of Teams this is; null when none is configured.
 * @throws ConfigError when what is configured is not whole.
 */
export async function readTeamsConfig(
  env: TeamsEnv,
  { teams, http }: Pick<FileConfig, 'teams' | 'http'>,
): Promise<TeamsConfig | null> {
  const { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId } = env;
  if (appId === undefined) return teams.localOnly ? withoutAuthentication(http.host, tenantId) : null;
  if (teams.localOnly)
    throw new ConfigError('teams.localOnly is for a bot without TEAMS_APP_ID. Remove one of them.');
  if (tenantId === undefined)
    throw new ConfigError(
      'TEAMS_TENANT_ID is not set. It is the id of the tenant in which the bot is registered.',
    );
  return { appId, tenantId, credential: await readCredential(env) };
}

function withoutAuthentication(host: string, tenantId = ''): TeamsConfig {
  if (!isLoopback(host)) {
    throw new ConfigError(
      `teams.localOnly takes requests from anybody, so http.host has to be a loopback address such as 127.0.0.1, and it is ${host}.`,
    );
  }
  return { appId: '', tenantId, credential: { type: 'none' } };
}

async function readCredential(env: TeamsEnv): Promise<TeamsCredential> {
  const { TEAMS_APP_PASSWORD: secret, TEAMS_CERTIFICATE_FILE, TEAMS_CERTIFICATE_KEY_FILE } = env;
  if (env.TEAMS_APP_TYPE === 'UserAssignedMSI') {
    if (secret !== undefined || TEAMS_CERTIFICATE_FILE !== undefined)
      throw new ConfigError('A managed identity has no password and no certificate. Unset them.');
    return { type: 'managed-identity' };
  }
  if (secret !== undefined) return { type: 'secret', secret };
  if (TEAMS_CERTIFICATE_FILE === undefined || TEAMS_CERTIFICATE_KEY_FILE === undefined) {
    throw new ConfigError(
      'Set TEAMS_APP_PASSWORD, or TEAMS_CERTIFICATE_FILE and TEAMS_CERTIFICATE_KEY_FILE, or TEAMS_APP_TYPE=UserAssignedMSI.',
    );
  }
  const [certificate, key] = await Promise.all(
    [TEAMS_CERTIFICATE_FILE, TEAMS_CERTIFICATE_KEY_FILE].map(readPem),
  );
  return { type: 'certificate', certificate: certificate ?? '', key: key ?? '' };
}

async function readPem(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ConfigError(`${path} can't be read: ${error.message}.`);
  });
  if (!text.includes('-----BEGIN ')) throw new ConfigError(`${path} is not a PEM file.`);
  return text;
}
