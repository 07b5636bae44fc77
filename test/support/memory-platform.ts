import { type Destination, encodeDestination } from '../../src/core/address/destination.ts';
import type { Card } from '../../src/core/card/card.ts';
import { lineText } from '../../src/core/card/line.ts';
import {
  type ChannelRef,
  type Directory,
  type PersonRef,
  PlatformUnavailableError,
} from '../../src/services/ports/directory.ts';
import type {
  FullChannel,
  MessageChannel,
  SendOutcome,
  UpdateOutcome,
} from '../../src/services/ports/message-channel.ts';

/** A message that arrived. */
export interface ArrivedMessage {
  messageId: string;
  channelId: string;
  destination: string;
  deliveryId: string;
  /** What it shows now; edits replace it. */
  card: Card;
  /** The message below which it is. */
  replyTo?: string;
}

/** How one call goes instead of well; `arrived` posts the message all the same. */
export type Mishap = Exclude<UpdateOutcome, { result: 'sent' }> & { arrived?: boolean };
type PostMishap = Exclude<SendOutcome, { result: 'sent' }> & { arrived?: boolean };

export interface MemoryPlatform extends FullChannel, Directory {
  /** Who is in which group, by ids; asking about one that is `null` fails. */
  groups: Record<string, readonly string[] | null>;
  people: PersonRef[];
  channels: ChannelRef[];
  /** Whether its channels have threads. */
  threads: boolean;
  /** Every message that arrived, oldest first. */
  messages: ArrivedMessage[];
  /** Every call that reached the platform, oldest first; `text` is the card's summary. */
  calls: { method: 'post' | 'update' | 'find'; destination: string; text: string; at: number }[];
  /** The next posts to a destination go like this, one after the other; then they go well again. */
  failPosts(destination: string, ...mishaps: PostMishap[]): void;
  /** The same for edits. */
  failUpdates(destination: string, ...mishaps: Mishap[]): void;
  /** So many of the next look-ups fail, with this error if one is given. */
  failLookUps(count: number, error?: Error): void;
  /** The summaries of what a destination shows, oldest first. */
  shown(destination: string): string[];
}

/** A chat platform in memory, which does as it is told. `wall` gives the instant that calls are noted with. */
export function createMemoryPlatform(
  workspace: { people: PersonRef[]; channels: ChannelRef[] },
  wall: () => number,
): MemoryPlatform {
  const mishaps = { post: new Map<string, PostMishap[]>(), update: new Map<string, Mishap[]>() };
  let failingLookUps = 0;
  let posted = 0;
  let lookUpError = new Error('the platform does not answer');

  const note = (method: 'post' | 'update' | 'find', destination: Destination, text: string) => {
    platform.calls.push({ method, destination: encodeDestination(destination), text, at: wall() });
  };

  const platform: MemoryPlatform = {
    ...workspace,
    groups: {},
    threads: false,
    messages: [],
    calls: [],
    failPosts: (destination, ...list) => void mishaps.post.set(destination, list),
    failUpdates: (destination, ...list) => void mishaps.update.set(destination, list),
    failLookUps: (count, error = lookUpError) => {
      failingLookUps = count;
      lookUpError = error;
    },
    shown: (destination) =>
      platform.messages
        .filter((message) => message.destination === destination)
        .map((message) => lineText(message.card.summary)),
    post: async ({ destination, card, deliveryId, replyTo }) => {
      note('post', destination, lineText(card.summary));
      const mishap = mishaps.post.get(encodeDestination(destination))?.shift();
      if (mishap && !mishap.arrived) return mishap;
      posted += 1;
      const messageId = `message-${posted}`;
      const message = { messageId, channelId: destination.id, deliveryId, card };
      const thread = replyTo ? { replyTo: replyTo.messageId } : {};
      platform.messages.push({ ...message, ...thread, destination: encodeDestination(destination) });
      return mishap ?? { result: 'sent', messageId, channelId: destination.id };
    },
    update: async ({ destination, messageId, channelId, card }) => {
      note('update', destination, lineText(card.summary));
      const mishap = mishaps.update.get(encodeDestination(destination))?.shift();
      if (mishap && !mishap.arrived) return mishap;
      const message = platform.messages.find((entry) => entry.messageId === messageId);
      if (message) message.card = card;
      else if (destination.kind === 'home') {
        const home = { messageId, channelId, deliveryId: '', card };
        platform.messages.push({ ...home, destination: encodeDestination(destination) });
      } else return { result: 'gone', code: 'message_not_found', detail: 'no such message' };
      return mishap ?? { result: 'sent', messageId, channelId };
    },
    linkTo: async ({ messageId }) => `https://chat.example/${messageId}`,
    find: async ({ destination, deliveryId }) => {
      note('find', destination, deliveryId);
      if (failingLookUps > 0) {
        failingLookUps -= 1;
        throw lookUpError;
      }
      const found = platform.messages.find((message) => message.deliveryId === deliveryId);
      return found ? { messageId: found.messageId, channelId: found.channelId } : null;
    },
    hasThreads: () => platform.threads,
    limits: { buttons: true },
    pace: { postIntervalMs: 1_000, editIntervalMs: 1_000 },
    invitation: '/invite @tminus',
    readAddress: (address) => (/^@|:/.test(address) ? null : address),
    findChannel: async (name) =>
      platform.channels.find((channel) => `#${channel.name}` === name || channel.id === name) ?? null,
    readGroup: (address) => (address.startsWith('@') ? address : null),
    isInGroup: async (group, personId) => {
      const members = platform.groups[group];
      if (members === null)
        throw new PlatformUnavailableError('Slack did not answer. Try again in a minute.', group);
      return members?.includes(personId) ?? false;
    },
    findGroup: async (group) => (platform.groups[group] === undefined ? null : { id: group, name: group }),
    membersOfGroup: async (group) => {
      const members = platform.groups[group];
      if (members === null)
        throw new PlatformUnavailableError('Slack did not answer. Try again in a minute.', group);
      return members ?? null;
    },
    findPersonByEmail: async (email) => platform.people.find((person) => person.email === email) ?? null,
    findPerson: async (id) => platform.people.find((person) => person.id === id) ?? null,
  };
  return platform;
}

/** The same channel without what is named: one that can't look messages up, or can't edit them. */
export function without(channel: FullChannel, ...missing: ('find' | 'update')[]): MessageChannel {
  const { find, update, ...rest } = channel;
  return {
    ...rest,
    ...(missing.includes('find') ? {} : { find }),
    ...(missing.includes('update') ? {} : { update }),
  };
}
