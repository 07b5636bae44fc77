import * as z from 'zod';
import { adapterName } from '../core/address/adapter-name.ts';
import { isZone } from '../core/calendar/local-time.ts';
import { CHANNEL_AUDIENCES, type ChannelAudience } from '../core/plan/audiences.ts';
import { addressListSchema } from '../core/plan/communications-schema.ts';
import { LOG_LEVELS, type LogLevel } from '../lib/create-log.ts';
import { maxWaitMs } from '../lib/left-to-wait.ts';
import { type AdapterRegistries, adapterRegistries } from './adapter-registries.ts';
import { auditSchema } from './audit-schema.ts';
import { cabSchema } from './cab-schema.ts';
import { collisionsSchema } from './collisions-schema.ts';
import { deploymentsSchema } from './deployments-schema.ts';
import { freezesSchema } from './freezes-schema.ts';
import { githubSchema } from './github-schema.ts';
import { oneDriverATarget } from './one-driver-a-target.ts';
import { permissionsSchema } from './permissions-schema.ts';
import { productsSchema } from './products-schema.ts';
import { publicUrlSchema } from './public-url-schema.ts';
import { resultsSchema } from './results-schema.ts';
import { retentionSchema } from './retention-schema.ts';
import { scheduleSchema } from './schedule-schema.ts';
import { serviceAddress } from './service-address.ts';
import { subscriptionsSchema } from './subscriptions-schema.ts';
import { tasksSchema } from './tasks-schema.ts';
import { type TeamsConfig, teamsEnvFields, teamsFileSchema } from './teams-config.ts';

const slackPaceSchema = z
  .strictObject({
    postIntervalMs: z
      .int()
      .min(0)
      .max(maxWaitMs)
      .default(1_000)
      .describe('Least time between two messages to a channel.'),
    editIntervalMs: z
      .int()
      .min(0)
      .max(maxWaitMs)
      .default(1_000)
      .describe('Least time between two edits in a channel.'),
  })
  .prefault({})
  .describe('Milliseconds; the defaults are what Slack allows.');

const adapterNameSchema = z
  .string()
  .regex(adapterName, 'is not a name: at most 40 lower-case letters, digits and dashes, a letter first');

/** Platforms are connected under names that a notifier could take. */
const notifierNameSchema = adapterNameSchema.refine(
  (name) => name !== 'slack' && name !== 'teams',
  'is the name of a chat platform itself; give this notifier another one',
);

/** As it is typed; kept without the slash. */
const commandNameSchema = z
  .string()
  .regex(/^\/[a-z0-9_-]{1,31}$/, 'is not the name of a slash command such as /tm-release')
  .transform((name) => name.slice(1));

/** A name that is given to one command may be that of another which has a new one. */
function areDistinct(given: Readonly<Record<string, string | undefined>>): boolean {
  const names = ['release', 'promote', 'rollback'].map((name) => given[name] ?? name);
  return new Set(names).size === names.length;
}

/** What `tminus.yaml` holds. Secrets are not written into it: `${NAME}` takes a variable of the environment. */
export function createFileConfigSchema(adapters: AdapterRegistries) {
  return z
    .strictObject({
      releaseCreators: z
        .array(z.email('is not an e-mail address'))
        .default([])
        .describe('E-mail addresses of the people who may plan releases.'),
      permissions: permissionsSchema,
      defaultZone: z
        .string()
        .refine(isZone, 'is not an IANA time zone such as Europe/Amsterdam')
        .default('UTC')
        .describe('IANA time zone that forms propose, such as Europe/Amsterdam.'),
      channels: z
        .strictObject(
          Object.fromEntries(
            CHANNEL_AUDIENCES.map((audience) => [audience, addressListSchema.optional()]),
          ) as Record<ChannelAudience, z.ZodOptional<typeof addressListSchema>>,
        )
        .default({})
        .describe('Channels by audience, where a plan names none.'),
      commands: z
        .strictObject({
          release: commandNameSchema.optional(),
          promote: commandNameSchema.optional(),
          rollback: commandNameSchema.optional(),
        })
        .default({})
        .refine(areDistinct, 'gives two commands one name')
        .describe(
          'Other names for the commands, where another app already uses theirs. Print the manifest again after a change.',
        ),
      templates: z
        .string()
        .optional()
        .describe(
          'Folder of your own message templates; each takes the place of the default one of its name.',
        ),
      http: z
        .strictObject({
          port: z.int().min(0).max(65_535).default(3000),
          host: z.string().default('127.0.0.1').describe('0.0.0.0 to be reached from other machines.'),
          publicUrl: publicUrlSchema.optional(),
        })
        .prefault({})
        .describe('Where health, Teams and, in HTTP mode, Slack are answered.'),
      drivers: z
        .record(adapterNameSchema, adapters.drivers.schema)
        .superRefine(oneDriverATarget(adapters.drivers))
        .default({})
        .describe('Deployment drivers, by the name plans use.'),
      metrics: z
        .record(adapterNameSchema, adapters.metrics.schema)
        .default({})
        .describe('Metric sources, by the name plans use.'),
      notifiers: z
        .record(notifierNameSchema, adapters.notifiers.schema)
        .default({})
        .describe('Notifiers, which only send, by the name that plans put before an address.'),
      subscriptions: subscriptionsSchema,
      slack: z
        .strictObject({ pace: slackPaceSchema })
        .prefault({})
        .describe('How tminus uses Slack. Its tokens are in the environment.'),
      teams: teamsFileSchema,
      outbox: z
        .strictObject({
          claimLeaseMs: z
            .int()
            .min(21_000)
            .max(maxWaitMs)
            .default(25_000)
            .describe(
              'Milliseconds that a message which is being sent belongs to its sender, before it is looked up. More than two requests may take, 10 s each.',
            ),
        })
        .prefault({})
        .describe('How messages are sent.'),
      schedule: scheduleSchema,
      tasks: tasksSchema,
      results: resultsSchema,
      deployments: deploymentsSchema,
      retention: retentionSchema,
      freezes: freezesSchema,
      products: productsSchema,
      collisions: collisionsSchema,
      audit: auditSchema,
      github: githubSchema,
      cab: cabSchema,
    })
    .describe('Configuration of tminus');
}

/** With the adapters of the product. */
export const fileConfigSchema = createFileConfigSchema(adapterRegistries);
export type FileConfig = z.infer<typeof fileConfigSchema>;

/** What the file says apart from platforms: which of those are connected, the environment says. */
export function settingsOf({ slack: _slack, teams: _teams, ...settings }: FileConfig) {
  return settings;
}

/** What the environment holds. Empty counts as not set. */
export const envSchema = z.object({
  DATABASE_URL: serviceAddress({
    of: 'a PostgreSQL',
    schemes: ['postgres', 'postgresql'],
    example: 'postgres://user:password@host:5432/tminus',
  }).optional(),
  REDIS_URL: serviceAddress({
    of: 'a Redis',
    schemes: ['redis', 'rediss'],
    example: 'redis://:password@host:6379',
  }).optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_API_URL: z.string().optional(),
  ...teamsEnvFields,
  TMINUS_AUDIT_KEY: z.string().optional(),
  TMINUS_DATA_DIR: z.string().default('.tminus'),
  TMINUS_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** How Slack reaches the bot, over a socket that the bot opens or by signed HTTP requests, and with which secrets. */
export type SlackConfig = { botToken: string; apiUrl?: string | undefined } & (
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string }
);

/** Everything a process is told, in one typed value. */
export interface Config extends Omit<FileConfig, 'slack' | 'teams'> {
  /** Undefined: an embedded PostgreSQL under `dataDir`. */
  databaseUrl?: string;
  /** Undefined: the queue is in PostgreSQL too. */
  redisUrl?: string;
  /** The private key that signs the audit trail. Undefined: one that is kept in `dataDir`. */
  auditKey?: string;
  dataDir: string;
  logLevel: LogLevel;
  /** Undefined: Slack is not connected. There is at least one platform. */
  slack?: FileConfig['slack'] & SlackConfig;
  /** Undefined: Teams is not connected. */
  teams?: FileConfig['teams'] & TeamsConfig;
}
