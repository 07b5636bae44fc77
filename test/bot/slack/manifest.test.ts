import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/bot/interactions/registry.ts';
import { botScopes, slackManifest, slashCommands } from '../../../src/bot/slack/manifest.ts';
import { fileConfigSchema } from '../../../src/config/config.ts';

/** The bot scopes that each Web API method needs, from its page in Slack's reference. */
const scopesOfMethod: Record<string, string[]> = {
  'apps.connections.open': [],
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.info': ['files:read'],
  'files.uploadV2': ['files:write'],
  'pins.add': ['pins:write'],
  'reactions.add': ['reactions:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** The bot scopes that each event needs, and what listens to it. */
const events: Record<string, { scopes: string[]; listener: string }> = {
  app_home_opened: { scopes: [], listener: 'app_home_opened' },
  'message.im': { scopes: ['im:history'], listener: 'message' },
  app_mention: { scopes: ['app_mentions:read'], listener: 'app_mention' },
  user_change: { scopes: ['users:read'], listener: 'user_change' },
};

/** The events that the manifest subscribes to. */
function subscriptions() {
  const subscribed = slackManifest({ mode: 'socket' }).settings?.event_subscriptions?.bot_events ?? [];
  return subscribed.map((event) => events[event] ?? { scopes: [], listener: `${event}: not known here` });
}

const namespaces = 'apps|auth|bots|chat|conversations|files|pins|reactions|team|usergroups|users|views';
const methodCall = new RegExp(`\\.(${namespaces})\\s*\\.(connections\\.|users\\.)?(\\w+)\\(`, 'g');

function sourceOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const ours = files.filter((file) => file.isFile() && file.name.endsWith('.ts'));
  return ours.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}

/** Everything that our side of Slack calls. The local workspace is Slack's side. */
const source = sourceOf('src/bot/slack');

function methodsUsed(): string[] {
  const called = [...source.matchAll(methodCall)].map(
    ([, namespace, inner = '', name]) => `${namespace}.${inner}${name}`,
  );
  return [...new Set(called)].sort();
}

describe('slackManifest', () => {
  it('asks for exactly the scopes of the methods that the code calls and the events it subscribes to', () => {
    // A method that is named in a text would be missed below.
    expect(source).not.toMatch(/\bapiCall\(/);
    const methods = methodsUsed();
    expect(methods).toContain('chat.postMessage');
    expect(methods.filter((method) => scopesOfMethod[method] === undefined)).toEqual([]);
    const ofMethods = methods.flatMap((method) => scopesOfMethod[method] ?? []);
    const ofEvents = subscriptions().flatMap(({ scopes }) => scopes);
    const needed = new Set(['commands', ...ofMethods, ...ofEvents]);
    expect(Object.keys(botScopes).sort()).toEqual([...needed].sort());
    expect(slackManifest({ mode: 'socket' }).oauth_config?.scopes?.bot).toEqual(Object.keys(botScopes));
  });

  it('subscribes to exactly the events that the code listens to', () => {
    const listened = [...source.matchAll(/\.event\(\s*'(\w+)'/g)].map(([, event]) => event);
    expect(listened.length).toBeGreaterThan(0);
    expect(subscriptions().map(({ listener }) => listener)).toEqual(listened);
  });

  it('offers exactly the commands there are, with what may follow them', () => {
    expect(slashCommands()).toEqual([
      {
        command: '/release',
        description: 'Plan and follow releases',
        usage_hint:
          'new [product version on date | blank] | import KEY | list | show KEY | tasks [KEY] [all] | check [KEY] [checklist] [mine | post] | readiness KEY | evidence KEY | cab | change-request KEY | notes KEY | schedule [KEY] [T-7 | setbacks] | drafts KEY | timeline KEY | explain KEY | risk [KEY] [set] | conflicts KEY | follow KEY | unfollow KEY | calendar KEY | remind KEY | go-no-go KEY | decision KEY | override KEY | sign-off KEY | edit KEY | reassign [KEY] [role] [e-mail address] | handover [e-mail address] | reschedule [KEY] [to date at time "reason"] [--yes] | cancel KEY | pause KEY | resume KEY | freeze [add | end NAME | now | approve | break [KEY]] | lock KEY | unlock KEY | record [KEY] [deployed 50% or rolled back] [note] | rollout [pause | resume | abort | retry] [KEY] | who-knows KEY | disarm KEY | arm KEY | status KEY | incident KEY | audit [KEY] [all] | subscribe [audience] [for product] | unsubscribe [all | audience] [for product] | me | can [@person] [KEY] | doctor | help',
      },
      {
        command: '/promote',
        description: 'Take a rollout to its next phase',
        usage_hint: '[KEY] [to 10% | full] [--yes]',
      },
      {
        command: '/rollback',
        description: 'Take a rollout back to the previous version',
        usage_hint: '[KEY] [what you saw]',
      },
    ]);
  });

  it('gives commands the names that are configured, each of which can be', () => {
    const names = commands.map(({ name }) => name);
    const commandNames = fileConfigSchema.parse({
      commands: Object.fromEntries(names.map((name) => [name, `/tm-${name}`])),
    }).commands;
    const manifest = slackManifest({ mode: 'socket', commandNames });
    expect(manifest.features?.slash_commands?.map(({ command }) => command)).toEqual(
      names.map((name) => `/tm-${name}`),
    );
  });

  it.each([
    [{ release: 'tm-release' }, 'is not the name of a slash command'],
    [{ release: '/Tm' }, 'is not the name of a slash command'],
    [{ promote: '/release' }, 'gives two commands one name'],
  ])('takes no other names: %j', (given, says) => {
    expect(() => fileConfigSchema.parse({ commands: given })).toThrow(says);
  });

  it('names no address in Socket Mode', () => {
    const manifest = slackManifest({ mode: 'socket' });
    expect(manifest.settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('url');
  });

  it('names one address everywhere over HTTP', () => {
    const manifest = slackManifest({ mode: 'http', requestUrl: 'https://tminus.example.com' });
    const url = 'https://tminus.example.com/slack/events';
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { is_enabled: true, request_url: url },
    });
    expect(manifest.features?.slash_commands?.map((command) => command.url)).toEqual([url, url, url]);
  });

  it('keeps a path that was given, and refuses what Slack can not call', () => {
    const manifest = slackManifest({ mode: 'http', requestUrl: 'https://example.com/hooks/slack' });
    expect(manifest.settings?.interactivity?.request_url).toBe('https://example.com/hooks/slack');
    expect(() => slackManifest({ mode: 'http', requestUrl: 'http://example.com' })).toThrow(RangeError);
    expect(() => slackManifest({ mode: 'http', requestUrl: 'example.com' })).toThrow(RangeError);
  });

  it('stays within the limits of a manifest', () => {
    const { display_information: display } = slackManifest({ mode: 'socket' });
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description?.length).toBeLessThanOrEqual(140);
    for (const { command, description, usage_hint: hint } of slashCommands()) {
      expect(command).toMatch(/^\/[a-z]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(hint.length).toBeLessThanOrEqual(1000);
    }
  });
});
