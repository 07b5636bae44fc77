import { SlackRefusal } from '../refusal.ts';
import type { JsonObject } from '../stored.ts';
import { type Call, type Method, requiredText, tier } from './method.ts';

function list({ core }: Call): JsonObject {
  const { groups = [], team } = core.directory.seed;
  return {
    usergroups: groups.map(({ id, handle, name, members }) => ({
      id,
      team_id: team.id,
      is_usergroup: true,
      name,
      handle,
      date_delete: 0,
      user_count: members.length,
    })),
  };
}

function listUsers({ core, args }: Call): JsonObject {
  const id = requiredText(args, 'usergroup');
  const group = core.directory.seed.groups?.find((each) => each.id === id);
  if (!group) throw new SlackRefusal('no_such_subteam');
  return { users: group.members };
}

const read = { token: 'bot', scope: 'usergroups:read', perMinute: tier[2] } as const;

export const userGroupMethods: Record<string, Method> = {
  'usergroups.list': { ...read, run: list },
  'usergroups.users.list': { ...read, run: listUsers },
};
