import type { AppsManifestCreateArguments } from '@slack/web-api';
import type { Command } from '../interactions/interaction.ts';
import { commands, shortcuts } from '../interactions/registry.ts';
import type { CommandNames } from './render/command-names.ts';

type Manifest = AppsManifestCreateArguments['manifest'];

/** Why the app asks for each permission; a test holds this against the Web API methods that the code calls. */
export const botScopes = {
  'chat:write': 'post and edit messages',
  commands: 'offer the slash commands and the shortcuts',
  'channels:read': 'find a public channel by its name',
  'groups:read': 'find a private channel by its name',
  'channels:history': 'see whether a message arrived before sending it again',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages, and answer what people write there',
  'app_mentions:read': 'answer people who mention the app',
  'im:write': 'open a direct message',
  'users:read': 'required by Slack for users:read.email',
  'users:read.email': 'find a person of the plan by e-mail address',
  'usergroups:read': 'see who is in a user group that holds a role or gets messages',
  'files:read': 'read the plan in a file on which somebody chooses "Plan this release"',
} as const;

/** Which permissions the app asks for and a token does not have, as after an update without a reinstall. */
export function lackingScopes(granted: readonly string[]): string[] {
  return Object.keys(botScopes).filter((scope) => !granted.includes(scope));
}

/** The slash commands, as Slack lists them while a person types. */
export function slashCommands(names: CommandNames = {}) {
  return commands.map((command) => ({
    command: `/${names[command.name] ?? command.name}`,
    description: command.description,
    usage_hint: usageHint(command).replaceAll('[release]', '[KEY]'),
  }));
}

/** Nearly every subcommand may name a release: it is said without brackets, since Slack takes 1,000 characters. */
function usageHint(command: Command): string {
  if (!('subcommands' in command)) return command.usage;
  const hints = command.subcommands.map(({ name, usage }) =>
    usage === '[release]' ? `${name} KEY` : `${name} ${usage}`.trimEnd(),
  );
  return hints.join(' | ');
}

/** How Slack reaches the app: over a socket that the app opens, or by requests to its public address. */
export type ManifestOptions = ({ mode: 'socket' } | { mode: 'http'; requestUrl: string }) & {
  /** Those that are called otherwise than tminus calls them. */
  commandNames?: CommandNames;
};

/**
 * The Slack app's manifest, to be pasted at api.slack.com/apps.
 * @throws RangeError when `requestUrl` is not an https address.
 */
export function slackManifest(options: ManifestOptions): Manifest {
  const requestUrl = options.mode === 'http' ? eventsUrl(options.requestUrl) : undefined;
  const reachedAt = requestUrl === undefined ? {} : { request_url: requestUrl };
  return {
    _metadata: { major_version: 1 },
    display_information: {
      name: 'tminus',
      description: 'Guides a software release from T-14 to T+7.',
      background_color: '#1d2b4f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'tminus', always_online: true },
      shortcuts: shortcuts.entries.map(({ name, title, description }) => ({
        name: title,
        type: 'message' as const,
        callback_id: name,
        description,
      })),
      slash_commands: slashCommands(options.commandNames).map((command) => ({
        ...command,
        // Arguments are release keys, percentages and reasons: wanted as typed, without ids for people and channels.
        should_escape: false,
        ...(requestUrl === undefined ? {} : { url: requestUrl }),
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(botScopes) as (keyof typeof botScopes)[] } },
    settings: {
      event_subscriptions: {
        ...reachedAt,
        bot_events: ['app_home_opened', 'message.im', 'app_mention', 'user_change'],
      },
      interactivity: { is_enabled: true, ...reachedAt },
      org_deploy_enabled: false,
      socket_mode_enabled: options.mode === 'socket',
      token_rotation_enabled: false,
    },
  };
}

/** Where Slack posts to: the path of the receiver, unless the address names one. */
function eventsUrl(address: string): string {
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new RangeError(`"${address}" is not an https address. Slack posts to https addresses only.`);
  }
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/slack/events';
  return url.href;
}
