import { type Config, fileConfigSchema, settingsOf } from '../../src/config/config.ts';
import { teamsFileSchema } from '../../src/config/teams-config.ts';
import type { ChatPlatform } from '../control-client.ts';
import type { DemoAddresses } from '../demo/demo.ts';
import type { Secrets } from '../remember-secrets.ts';
import type { TeamsSeed } from '../teams/seed.ts';
import type { RunningWorkspace } from '../workspace/start-workspace.ts';

interface BotOptions {
  /** At least one. */
  platforms: readonly ChatPlatform[];
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  limits?: 'slack' | 'off';
}

/** What is around the bot. */
interface Addresses {
  secrets: Secrets;
  demo: DemoAddresses;
  workspace: Pick<RunningWorkspace, 'url' | 'apiUrl'>;
  seed: TeamsSeed;
}

/** How the bot of a sandbox is configured. */
export function botConfig(options: BotOptions, addresses: Addresses): Config {
  const { demo } = addresses;
  const file = fileConfigSchema.parse({
    releaseCreators: ['rita@example.com'],
    defaultZone: 'Europe/Amsterdam',
    http: { port: 0 },
    // The clock is moved at will: what it jumps over goes out all the same.
    schedule: { lateness: 'P60D' },
    drivers: { demo: { type: 'demo', adminUrl: demo.adminUrl, token: demo.adminToken } },
    metrics: { demo: { type: 'prometheus-text', url: demo.metricsUrl } },
  });
  return {
    ...settingsOf(file),
    // One bot on one machine: a message that was being sent when it died can be looked up soon.
    outbox: { claimLeaseMs: 3_000 },
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    dataDir: options.dataDir,
    logLevel: 'info',
    ...connections(options, addresses),
  };
}

/** How the bot is connected: to the one platform, to the other, or to both. */
function connections(
  { platforms, limits }: BotOptions,
  { secrets, workspace, seed }: Addresses,
): Pick<Config, 'slack' | 'teams'> {
  const intervalMs = limits === 'off' ? 0 : 1_000;
  const pace = { postIntervalMs: intervalMs, editIntervalMs: intervalMs };
  const { botToken, appToken, teamsSecret } = secrets;
  const slack = { mode: 'socket' as const, botToken, appToken, apiUrl: workspace.apiUrl, pace };
  const teams = {
    ...teamsFileSchema.parse({ ...(limits === 'off' ? { pace } : {}) }),
    appId: seed.app.id,
    tenantId: seed.tenantId,
    credential: { type: 'secret' as const, secret: teamsSecret },
    local: {
      openIdMetadataUrl: `${workspace.url}/teams/openid/.well-known/openidconfiguration`,
      loginUrl: `${workspace.url}/teams/login`,
    },
  };
  return {
    ...(platforms.includes('slack') ? { slack } : {}),
    ...(platforms.includes('teams') ? { teams } : {}),
  };
}
