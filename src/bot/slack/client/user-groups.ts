import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../lib/clock.ts';

/** The ids of handles are remembered so long, in ms; who is in a group much shorter, since rights depend on it. */
const handlesFreshMs = 10 * 60_000;
const membersFreshMs = 15_000;

interface Remembered<Value> {
  at: number;
  value: Promise<Value>;
}

export interface UserGroups {
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
  let handles: Remembered<ReadonlyMap<string, string>> | undefined;
  const members = new Map<string, Remembered<readonly string[]>>();

  const idOf = async (group: string) => {
    if (!group.startsWith('@')) return group;
    handles = fresh(handles, clock, handlesFreshMs) ?? remember(clock, readHandles(client, teamId));
    const read = handles;
    read.value.catch(() => {
      if (handles === read) handles = undefined;
    });
    return (await read.value).get(group.slice(1).toLowerCase());
  };

  const membersOf = (id: string) => {
    const known = fresh(members.get(id), clock, membersFreshMs);
    if (known) return known.value;
    const read = remember(clock, readMembers(client, teamId, id));
    members.set(id, read);
    read.value.catch(() => members.delete(id));
    return read.value;
  };

  return {
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

async function readHandles(client: WebClient, teamId: string): Promise<ReadonlyMap<string, string>> {
  const { usergroups = [] } = await client.usergroups.list({ team_id: teamId });
  const named = usergroups.flatMap(({ handle, id }): [string, string][] =>
    handle === undefined || id === undefined ? [] : [[handle.toLowerCase(), id]],
  );
  return new Map(named);
}

async function readMembers(client: WebClient, teamId: string, id: string): Promise<readonly string[]> {
  const { users = [] } = await client.usergroups.users.list({ usergroup: id, team_id: teamId });
  return users;
}
