import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../lib/clock.ts';
import type { ChannelRef, Directory, PersonRef } from '../../../services/ports/directory.ts';

/** Where things are in the workspace, remembered for a while. All methods throw what the Web API throws. */
export interface SlackDirectory extends Directory {
  /** The direct message (`D…`) between the bot and a person. */
  openDirectMessage(userId: string): Promise<string>;
}

const freshMs = 10 * 60_000;
/** A name that was not found is asked for again after this long: the channel may just have been made. */
const missMs = 30_000;
const pageSize = 1000;
/** A process may live for months: not everybody whom it ever asked about stays in it. */
const defaultMax = 5_000;

interface Remembered<T> {
  value: Promise<T>;
  at: number;
}

interface DirectoryOptions {
  client: WebClient;
  clock: Clock;
  teamId: string;
  /** How many people, and how many direct messages, are remembered. */
  max?: number;
}

export function createDirectory({
  client,
  clock,
  teamId,
  max = defaultMax,
}: DirectoryOptions): SlackDirectory {
  const people = new LRUCache<string, Remembered<PersonRef | null>>({ max });
  const directMessages = new LRUCache<string, Remembered<string>>({ max });
  const channelLists = new LRUCache<string, Remembered<ChannelRef[]>>({ max: 1 });

  const channels = (maxAgeMs: number) =>
    remember({ cache: channelLists, key: teamId, clock, maxAgeMs, load: () => listChannels(client, teamId) });

  return {
    invitation: '/invite @tminus',
    async findChannel(name) {
      const wanted = name.trim().replace(/^#/, '');
      if (isChannelId(wanted)) return channelById(client, wanted);
      const byName = (list: ChannelRef[]) => list.find((channel) => channel.name === wanted.toLowerCase());
      const found = byName(await channels(freshMs)) ?? byName(await channels(missMs)) ?? null;
      // It may have been invited since the channels were read.
      return found?.isMember === false ? channelById(client, found.id) : found;
    },
    async findPersonByEmail(email) {
      const key = email.trim().toLowerCase();
      const ask = (maxAgeMs: number) =>
        remember({ cache: people, key, clock, maxAgeMs, load: () => personByEmail(client, key) });
      return (await ask(freshMs)) ?? (await ask(missMs));
    },
    findPerson(id) {
      return remember({
        cache: people,
        key: `id:${id}`,
        clock,
        maxAgeMs: freshMs,
        load: () => personById(client, id),
      });
    },
    openDirectMessage(userId) {
      const load = () => openDirectMessage(client, userId);
      return remember({
        cache: directMessages,
        key: userId,
        clock,
        maxAgeMs: Number.POSITIVE_INFINITY,
        load,
      });
    },
  };
}

interface RememberOptions<T> {
  cache: LRUCache<string, Remembered<T>>;
  key: string;
  clock: Clock;
  maxAgeMs: number;
  load: () => Promise<T>;
}

/** One question at a time per key, as long as it is kept; a failure is not remembered. */
function remember<T>({ cache, key, clock, maxAgeMs, load }: RememberOptions<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined && clock.wall() - known.at < maxAgeMs) return known.value;
  const asked = { value: load(), at: clock.wall() };
  cache.set(key, asked);
  asked.value.catch(() => {
    if (cache.get(key) === asked) cache.delete(key);
  });
  return asked.value;
}

function isChannelId(text: string): boolean {
  return /^[CGD][A-Z0-9]{5,}$/.test(text);
}

async function channelById(client: WebClient, id: string): Promise<ChannelRef | null> {
  try {
    const { channel } = await client.conversations.info({ channel: id });
    if (channel?.id === undefined) return null;
    return { id: channel.id, name: channel.name ?? channel.id, isMember: channel.is_member !== false };
  } catch (error) {
    return nullWhen(error, 'channel_not_found');
  }
}

async function listChannels(client: WebClient, teamId: string): Promise<ChannelRef[]> {
  const found: ChannelRef[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: pageSize,
      team_id: teamId,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, name, is_member } of page.channels ?? []) {
      if (id !== undefined && name !== undefined) found.push({ id, name, isMember: is_member !== false });
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return found;
}

async function personByEmail(client: WebClient, email: string): Promise<PersonRef | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    if (user?.id === undefined || user.deleted) return null;
    return { id: user.id, name: user.profile?.real_name || user.real_name || user.name || user.id, email };
  } catch (error) {
    return nullWhen(error, 'users_not_found');
  }
}

async function personById(client: WebClient, id: string): Promise<PersonRef | null> {
  try {
    const { user } = await client.users.info({ user: id });
    if (user?.id === undefined || user.deleted) return null;
    const { email } = user.profile ?? {};
    const name = user.profile?.real_name || user.real_name || user.name || user.id;
    return { id: user.id, name, ...(email === undefined ? {} : { email }) };
  } catch (error) {
    return nullWhen(error, 'user_not_found');
  }
}

async function openDirectMessage(client: WebClient, userId: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: userId });
  if (channel?.id === undefined) throw new Error('Slack opened no direct message.');
  return channel.id;
}

function nullWhen(error: unknown, code: string): null {
  if (error instanceof WebAPIPlatformError && error.data.error === code) return null;
  throw error;
}
