import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../../../lib/clock.ts';
import type { GroupRef } from '../../../services/ports/directory.ts';

/** Handles and their ids are remembered so long, in ms; who is in a group much shorter, since rights depend on it. */
const handlesFreshMs = 10 * 60_000;
const membersFreshMs = 15_000;

interface Remembered<Value> {
  at: number;
  value: Promise<Value>;
}

export interface UserGroups {
  /** By its handle (`@sre`) or id (`S…`); null: there is none that is enabled. Throws what the Web API throws. */
  find(group: string): Promise<GroupRef | null>;
  /** Who is in a group, by its id; null: there is none such. Throws what the Web API throws. */
  members(id: string): Promise<readonly string[] | null>;
  /** Whether somebody (`U…`) is in a group, by its handle (`@sre`) or id (`S…`). Throws what the Web API throws. */
  has(group: string, userId: string): Promise<boolean>;
}

/** The user groups of a workspace. Disabled groups and deactivated members don't count: Slack leaves them out. */
export function createUserGroups({
  client,
  clock,
  teamId,
}: {
  client: WebClient;
  clock: Pick<Clock, 'wall'>;
  teamId: string;
}): UserGroups {
  let groups: Remembered<readonly Group[]> | undefined;
  const members = new Map<string, Remembered<readonly string[]>>();

  const find = async (group: string) => {
    groups = fresh(groups, clock, handlesFreshMs) ?? remember(clock, readGroups(client, teamId));
    const read = groups;
    read.value.catch(() => {
      if (groups === read) groups = undefined;
    });
    const known = await read.value;
    return known.find(({ id, handle }) => id === group || `@${handle}` === group.toLowerCase()) ?? null;
  };
  const idOf = async (group: string) => (group.startsWith('@') ? (await find(group))?.id : group);

  const membersOf = (id: string) => {
    const known = fresh(members.get(id), clock, membersFreshMs);
    if (known) return known.value;
    const read = remember(clock, readMembers(client, teamId, id));
    members.set(id, read);
    read.value.catch(() => members.delete(id));
    return read.value;
  };

  return {
    find: async (group) => {
      const found = await find(group);
      return found && { id: found.id, name: `@${found.handle}` };
    },
    members: (id) => nullIfGone(membersOf(id)),
    has: async (group, userId) => {
      const id = await idOf(group);
      return id !== undefined && (await membersOf(id)).includes(userId);
    },
  };
}

function remember<Value>(clock: Pick<Clock, 'wall'>, value: Promise<Value>): Remembered<Value> {
  return { at: clock.wall(), value };
}

function fresh<Value>(
  known: Remembered<Value> | undefined,
  clock: Pick<Clock, 'wall'>,
  maxAgeMs: number,
): Remembered<Value> | undefined {
  return known && clock.wall() - known.at < maxAgeMs ? known : undefined;
}

interface Group {
  id: string;
  /** In lower case, without its `@`. */
  handle: string;
}

async function readGroups(client: WebClient, teamId: string): Promise<readonly Group[]> {
  const { usergroups = [] } = await client.usergroups.list({ team_id: teamId });
  return usergroups.flatMap(({ handle, id }) =>
    handle === undefined || id === undefined ? [] : [{ id, handle: handle.toLowerCase() }],
  );
}

async function nullIfGone<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WebAPIPlatformError && error.data.error === 'no_such_subteam') return null;
    throw error;
  }
}

async function readMembers(client: WebClient, teamId: string, id: string): Promise<readonly string[]> {
  const { users = [] } = await client.usergroups.users.list({ usergroup: id, team_id: teamId });
  return users;
}
