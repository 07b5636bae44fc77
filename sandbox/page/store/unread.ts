/** What a person has not seen yet. */
import type { Channel } from '../../control-api.ts';
import { callsFor, channelMessages, compareTs } from './messages.ts';
import type { PageState } from './state.ts';

export interface Unread {
  /** Messages of others that came after the person last looked. */
  count: number;
  /** Those among them that call for the person: mentions, broadcasts, direct messages. */
  calls: number;
}

export function readKey(personId: string, channelId: string): string {
  return `${personId}/${channelId}`;
}

/** Unread messages of a channel for a person. */
export function countUnread(state: PageState, personId: string, channel: Channel): Unread {
  const since = state.lastRead[readKey(personId, channel.id)] ?? '0';
  const unread = channelMessages(state.messages[channel.id] ?? [], personId).filter(
    (message) => message.user !== personId && compareTs(message.ts, since) > 0,
  );
  const calls = unread.filter((message) => channel.kind === 'direct' || callsFor(message, personId));
  return { count: unread.length, calls: calls.length };
}

/** Channels that a person sees: all public ones, and the direct messages of their own. */
export function channelsOf(state: PageState, personId: string): Channel[] {
  const channels = state.workspace?.channels ?? [];
  return channels.filter((channel) => channel.kind === 'channel' || channel.personId === personId);
}

/** How many direct messages wait for a person, for the list of people to act as. */
export function waitingFor(state: PageState, personId: string): number {
  const direct = channelsOf(state, personId).filter((channel) => channel.kind === 'direct');
  return direct.reduce((sum, channel) => sum + countUnread(state, personId, channel).count, 0);
}
