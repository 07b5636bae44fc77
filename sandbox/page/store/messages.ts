/** Pure functions over the messages that the page holds. */
import type { Message } from '../../control-api.ts';
import { findReleaseKeys } from '../text/complete-command.ts';
import { wordsIn } from '../text/words-in.ts';

/** The instant (epoch ms) of a message's `ts`: Slack's counts seconds with a fraction, Teams' milliseconds. */
export function instantOf(ts: string): number {
  return ts.includes('.') ? Number(ts) * 1000 : Number(ts);
}

/** Orders timestamps such as `1772524800.000100`: seconds first, then what follows the point. */
export function compareTs(left: string, right: string): number {
  const [leftSeconds = '0', leftRest = ''] = left.split('.');
  const [rightSeconds = '0', rightRest = ''] = right.split('.');
  return Number(leftSeconds) - Number(rightSeconds) || leftRest.localeCompare(rightRest);
}

/** Adds messages, replacing those already there unless they were edited since. A new list, in order. */
export function mergeMessages(known: Message[], incoming: Message[]): Message[] {
  const byKey = new Map(known.map((message) => [messageKey(message), message]));
  for (const message of incoming) {
    const there = byKey.get(messageKey(message));
    if (!there || there.edits <= message.edits) byKey.set(messageKey(message), message);
  }
  return [...byKey.values()].sort((left, right) => compareTs(left.ts, right.ts));
}

/** Whose own card it is, and in which message. */
export function ownCardKey(personId: string, { channel, ts }: Pick<Message, 'channel' | 'ts'>): string {
  return `${personId}/${channel}/${ts}`;
}

/** What tells a message apart within its channel: a private one may share its `ts` with another person's. */
export function messageKey(message: { ts: string; onlyFor?: string | undefined }): string {
  return `${message.ts}/${message.onlyFor ?? ''}`;
}

/** Whether a message calls for a person: mentions them, or everyone. */
export function callsFor({ notifies }: Message, personId: string): boolean {
  return notifies.includes('*') || notifies.includes(personId);
}

function isVisibleTo(message: Message, personId: string): boolean {
  return message.onlyFor === undefined || message.onlyFor === personId;
}

function isReply(message: Message): message is Message & { threadTs: string } {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

/** What stands in the channel itself for a person: no replies, nobody else's private messages. */
export function channelMessages(messages: Message[], personId: string): Message[] {
  return messages.filter((message) => !isReply(message) && isVisibleTo(message, personId));
}

/** The newest message that a person wrote, or that was said to them alone. */
export function newestOwn(messages: Message[], personId: string): string | undefined {
  return messages.findLast(({ user, onlyFor }) => user === personId || onlyFor === personId)?.ts;
}

/** A thread as a person sees it: its parent, then the replies. */
export function threadMessages(messages: Message[], threadTs: string, personId: string): Message[] {
  return messages.filter(
    (message) => (message.ts === threadTs || message.threadTs === threadTs) && isVisibleTo(message, personId),
  );
}

/** Replies known here by their parent's `ts`: they may be ahead of what the parent says. */
export function countKnownReplies(messages: Message[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { threadTs } of messages.filter(isReply)) counts.set(threadTs, (counts.get(threadTs) ?? 0) + 1);
  return counts;
}

/** Whether a message begins a new group: another author, five minutes later, private, or beside a card. */
export function startsGroup(message: Message, previous: Message | undefined): boolean {
  if (!previous || previous.user !== message.user || previous.onlyFor !== message.onlyFor) return true;
  if (message.blocks ?? previous.blocks) return true;
  return Date.parse(message.at) - Date.parse(previous.at) > 5 * 60_000;
}

/** Keys of releases that any message speaks of, in order of appearance. */
export function releaseKeysIn(messages: Record<string, Message[]>): string[] {
  return findReleaseKeys(Object.values(messages).flatMap((list) => list.map(wordsIn)));
}
