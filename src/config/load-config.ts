import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { type AdapterRegistries, adapterRegistries } from './adapter-registries.ts';
import {
  type Config,
  createFileConfigSchema,
  envSchema,
  type FileConfig,
  type SlackConfig,
  settingsOf,
} from './config.ts';
import { ConfigError } from './config-error.ts';
import { loadFreezes } from './load-freezes.ts';
import { readTeamsConfig } from './read-teams-config.ts';

export { ConfigError };

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration is. */
export interface ConfigPlace {
  env: Environment;
  /** Undefined: `tminus.yaml`, when there is one. */
  file?: string | undefined;
}

/** Reads the environment and the configuration file into one value. A missing file means the defaults. */
export async function loadConfig({ env, file }: ConfigPlace): Promise<Config> {
  const set = variablesSet(env);
  const variables = envSchema.safeParse(set);
  if (!variables.success) {
    const issue = variables.error.issues[0];
    throw new ConfigError(`The variable ${issue?.path.join('.')} is not usable: ${issue?.message}.`);
  }
  const { DATABASE_URL, REDIS_URL, TMINUS_AUDIT_KEY, TMINUS_DATA_DIR, TMINUS_LOG_LEVEL } = variables.data;
  const { path, text } = await readFileText(file);
  const fileConfig = parseConfigFile(text, { path, env: set });
  // A calendar that can't be read is told before anything is started.
  loadFreezes(fileConfig);
  const slack = slackConfig(variables.data);
  const teams = await readTeamsConfig(variables.data, fileConfig);
  if (slack === null && teams === null) {
    throw new ConfigError(
      'Neither SLACK_BOT_TOKEN nor TEAMS_APP_ID is set. The README says how to connect a Slack workspace, docs/teams.md how to connect Microsoft Teams; to try tminus out, run "npm run sandbox".',
    );
  }
  return {
    ...settingsOf(fileConfig),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(REDIS_URL === undefined ? {} : { redisUrl: REDIS_URL }),
    ...(TMINUS_AUDIT_KEY === undefined ? {} : { auditKey: TMINUS_AUDIT_KEY }),
    dataDir: TMINUS_DATA_DIR,
    logLevel: TMINUS_LOG_LEVEL,
    ...(slack === null ? {} : { slack: { ...fileConfig.slack, ...slack } }),
    ...(teams === null ? {} : { teams: { ...fileConfig.teams, ...teams } }),
  };
}

/** Null when Slack is not configured. */
function slackConfig(env: ReturnType<typeof envSchema.parse>): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (botToken === undefined) return null;
  const base = { botToken, apiUrl: env.SLACK_API_URL };
  if (appToken !== undefined) return { ...base, mode: 'socket', appToken };
  if (signingSecret !== undefined) return { ...base, mode: 'http', signingSecret };
  throw new ConfigError('Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).');
}

/**
 * Some settings by the configuration file alone, as `loadConfig` reads them. The rest of the file may be wrong, and
 * variables that it names need not be set.
 * @throws ConfigError
 */
export async function loadSettings<Name extends keyof FileConfig>(
  names: readonly Name[],
  { env, file }: ConfigPlace,
): Promise<Pick<FileConfig, Name>> {
  const { path, text } = await readFileText(file);
  const given = toPlainYaml(text, path) as Partial<Record<Name, unknown>>;
  const wanted = Object.fromEntries(names.map((name) => [name, given[name]]));
  return checkedConfig(withVariables(wanted, { path, env: variablesSet(env) }), path);
}

/** Empty counts as not set. */
function variablesSet(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** `tminus.yaml` when no file is named; only a file that was named has to be there. */
async function readFileText(named: string | undefined): Promise<{ path: string; text: string }> {
  const path = named ?? 'tminus.yaml';
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && named === undefined) return '';
    throw new ConfigError(`${path} can't be read: ${error.message}.`);
  });
  return { path, text };
}

/** Checks the text of a configuration file; every problem is in the error, with its path. */
export function parseConfigFile(
  text: string,
  {
    path,
    env,
    adapters = adapterRegistries,
  }: { path: string; env: Environment; adapters?: AdapterRegistries },
): FileConfig {
  return checkedConfig(withVariables(toPlainYaml(text, path), { path, env }), path, adapters);
}

function toPlainYaml(text: string, path: string): unknown {
  const document = parseDocument(text);
  const [syntax] = document.errors;
  if (syntax) throw new ConfigError(`${path}: ${syntax.message}`);
  return document.toJS() ?? {};
}

function checkedConfig(value: unknown, path: string, adapters = adapterRegistries): FileConfig {
  const checked = createFileConfigSchema(adapters).safeParse(value);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(
    (issue) => `  ${issue.path.join('.') || 'the file'}: ${problemOf(issue)}`,
  );
  throw new ConfigError(`${path} is not usable:\n${problems.join('\n')}`);
}

/** Of a name that can't be one, zod itself says only that it is invalid. */
function problemOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;
}

/** Replaces `${NAME}` in every text by the environment's value. */
function withVariables(value: unknown, place: { path: string; env: Environment }): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (_, name: string) => {
      const found = place.env[name];
      if (found === undefined) throw new ConfigError(`${place.path} names \${${name}}, which is not set.`);
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item) => withVariables(item, place));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withVariables(item, place)]));
}
