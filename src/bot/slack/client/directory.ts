import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { isZone } from '../../../core/calendar/local-time.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { ChannelRef, Directory, PersonRef } from '../../../services/ports/directory.ts';
import { type ChannelPage, createChannelList } from './channel-list.ts';
import { createUserGroups } from './user-groups.ts';

/** Where things are in the workspace, remembered for a while. All methods throw what the Web API throws. */
export interface SlackDirectory extends Directory {
  /** The direct message (`D…`) between the bot and a person. */
  openDirectMessage(userId: string): Promise<string>;
}

const freshMs = 10 * 60_000;
/** Somebody who was not found is asked for again after this long. */
const missMs = 30_000;
/** The most that Slack takes. */
const pageSize = 1000;
const ownPageSize = 999;
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
  const own = createChannelList({ clock, readPage: (cursor) => readOwnChannels(client, teamId, cursor) });
  const all = createChannelList({ clock, readPage: (cursor) => readAllChannels(client, teamId, cursor) });
  const groups = createUserGroups({ client, clock, teamId });

  return {
    invitation: '/invite @tminus',
    readAddress: (address) => (/^(#|[CG][A-Z0-9]{8,20}$)/.test(address) ? address : null),
    async findChannel(name) {
      const wanted = name.trim().replace(/^#/, '');
      if (isChannelId(wanted)) return channelById(client, wanted);
      // The bot has to be in a channel to post there, and it is in few of them.
      const found = (await own.find(wanted)) ?? (await all.find(wanted));
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
    readGroup: (address) => (/^(@[\p{L}\p{N}._-]+|S[A-Z0-9]{8,20})$/u.test(address) ? address : null),
    isInGroup: (group, personId) => groups.has(group, personId),
    findGroup: groups.find,
    membersOfGroup: groups.members,
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

const channelKinds = { types: 'public_channel,private_channel', exclude_archived: true } as const;

/** The channels that the bot is in, which Slack does not say of each. */
async function readOwnChannels(
  client: WebClient,
  teamId: string,
  cursor: string | undefined,
): Promise<ChannelPage> {
  const page = await client.users.conversations({
    ...channelKinds,
    limit: ownPageSize,
    team_id: teamId,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return toPage(page, () => true);
}

async function readAllChannels(
  client: WebClient,
  teamId: string,
  cursor: string | undefined,
): Promise<ChannelPage> {
  const page = await client.conversations.list({
    ...channelKinds,
    limit: pageSize,
    team_id: teamId,
    ...(cursor === undefined ? {} : { cursor }),
  });
  return toPage(page, ({ is_member }) => is_member !== false);
}

interface SlackChannel {
  id?: string;
  name?: string;
  is_member?: boolean;
}

function toPage(
  page: { channels?: SlackChannel[]; response_metadata?: { next_cursor?: string } },
  isMember: (channel: SlackChannel) => boolean,
): ChannelPage {
  const channels = (page.channels ?? []).flatMap((channel) => {
    const { id, name } = channel;
    return id === undefined || name === undefined ? [] : [{ id, name, isMember: isMember(channel) }];
  });
  return { channels, nextCursor: page.response_metadata?.next_cursor || undefined };
}

async function personByEmail(client: WebClient, email: string): Promise<PersonRef | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    if (user?.id === undefined || user.deleted) return null;
    return { id: user.id, name: nameOf({ ...user, id: user.id }), email, ...zoneOf(user) };
  } catch (error) {
    return nullWhen(error, 'users_not_found');
  }
}

async function personById(client: WebClient, id: string): Promise<PersonRef | null> {
  try {
    const { user } = await client.users.info({ user: id });
    if (user?.id === undefined || user.deleted) return null;
    const { email } = user.profile ?? {};
    const name = nameOf({ ...user, id: user.id });
    return { id: user.id, name, ...(email === undefined ? {} : { email }), ...zoneOf(user) };
  } catch (error) {
    return nullWhen(error, 'user_not_found');
  }
}

interface NamedUser {
  id: string;
  name?: string;
  real_name?: string;
  profile?: { real_name?: string };
}

/** What people call them, as far as Slack knows. */
function nameOf({ id, name, real_name: realName, profile }: NamedUser): string {
  return profile?.real_name || realName || name || id;
}

function zoneOf({ tz }: { tz?: string }): { zone?: string } {
  return tz === undefined || !isZone(tz) ? {} : { zone: tz };
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
