import type { Person } from '../../control-api.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../refusal.ts';
import type { JsonObject } from '../stored.ts';
import { type Call, limitArg, type Method, page, requiredText, tier } from './method.ts';

function shownPerson({ directory, options }: Core, person: Person): JsonObject {
  const [first = '', ...rest] = person.realName.split(' ');
  const email = options.scopes.includes('users:read.email') ? { email: person.email } : {};
  return {
    id: person.id,
    team_id: directory.seed.team.id,
    name: person.name,
    deleted: false,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    is_bot: false,
    is_admin: false,
    is_app_user: false,
    updated: 1_700_000_000,
    profile: {
      title: person.title,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: first,
      last_name: rest.join(' '),
      team: directory.seed.team.id,
      ...email,
    },
  };
}

function shownBot({ directory: { seed } }: Core): JsonObject {
  return {
    id: seed.app.botUserId,
    team_id: seed.team.id,
    name: seed.app.botName,
    deleted: false,
    real_name: seed.app.botName,
    is_bot: true,
    is_app_user: false,
    updated: 1_700_000_000,
    profile: {
      real_name: seed.app.botName,
      api_app_id: seed.app.id,
      bot_id: seed.app.botId,
      team: seed.team.id,
    },
  };
}

function list({ core, args }: Call): JsonObject {
  const everyone = [...core.directory.people.map((person) => shownPerson(core, person)), shownBot(core)];
  const { items, nextCursor } = page(args, everyone, limitArg(args, 1000, 1000));
  return { members: items, cache_ts: 1_700_000_000, response_metadata: { next_cursor: nextCursor } };
}

function info({ core, args }: Call): JsonObject {
  const id = requiredText(args, 'user');
  if (id === core.directory.seed.app.botUserId) return { user: shownBot(core) };
  const person = core.directory.person(id);
  if (!person) throw new SlackRefusal('user_not_found');
  return { user: shownPerson(core, person) };
}

function lookupByEmail({ core, args }: Call): JsonObject {
  const email = requiredText(args, 'email').toLowerCase();
  const person = core.directory.people.find((each) => each.email === email);
  if (!person) throw new SlackRefusal('users_not_found');
  return { user: shownPerson(core, person) };
}

function botInfo({ core, args }: Call): JsonObject {
  const { seed } = core.directory;
  if (requiredText(args, 'bot') !== seed.app.botId) throw new SlackRefusal('bot_not_found');
  const { botId, botUserId, botName, id } = seed.app;
  return {
    bot: { id: botId, deleted: false, name: botName, updated: 1_700_000_000, app_id: id, user_id: botUserId },
  };
}

const read = { token: 'bot', scope: 'users:read' } as const;

export const peopleMethods: Record<string, Method> = {
  'users.list': { ...read, perMinute: tier[2], run: list },
  'users.info': { ...read, perMinute: tier[4], run: info },
  'users.lookupByEmail': { token: 'bot', scope: 'users:read.email', perMinute: tier[3], run: lookupByEmail },
  'bots.info': { ...read, perMinute: tier[3], run: botInfo },
};
