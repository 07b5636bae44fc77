import type { Core } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { isTrue, parseJson } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { JsonObject } from '../stored.ts';

/** One call, after its token was accepted. */
export interface Call {
  core: Core;
  args: JsonObject;
  requireScope: (scope: string) => void;
}

export interface Method {
  token: 'bot' | 'app';
  /** The scope that is always needed; a method that needs another by argument asks for it itself. */
  scope?: string;
  /** Calls a minute; see `RateLimits`. */
  perMinute: number;
  run: (call: Call) => JsonObject | Promise<JsonObject>;
}

/** Slack's tiers, read strictly: "20+" is 20. */
export const tier = { 2: 20, 3: 50, 4: 100 } as const;

export function textArg(args: JsonObject, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw SlackRefusal.explained('invalid_arguments', [`[ERROR] must be a string [json-pointer:/${name}]`]);
}

export function requiredText(args: JsonObject, name: string): string {
  const value = textArg(args, name);
  if (value === undefined) throw SlackRefusal.missing(name);
  return value;
}

export function flagArg(args: JsonObject, name: string): boolean {
  return isTrue(args[name]);
}

/** An argument that is JSON: parsed already in a JSON body, a text in a form. */
export function jsonArg(args: JsonObject, name: string): unknown {
  const value = args[name];
  return typeof value === 'string' ? parseJson(value) : value;
}

export function limitArg(args: JsonObject, standard: number, most: number): number {
  const text = textArg(args, 'limit');
  if (text === undefined) return standard;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new SlackRefusal('invalid_limit');
  return limit;
}

/** One page of `items`, with Slack's cursor to the next. */
export function page<Item>(
  args: JsonObject,
  items: Item[],
  limit: number,
): { items: Item[]; nextCursor: string } {
  const from = readCursor(textArg(args, 'cursor'));
  if (from > items.length) throw new SlackRefusal('invalid_cursor');
  const more = items.length > from + limit;
  return { items: items.slice(from, from + limit), nextCursor: more ? writeCursor(from + limit) : '' };
}

function writeCursor(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new SlackRefusal('invalid_cursor');
  return Number(match[1]);
}

/** The conversation of the `channel` argument, by id only. A direct message is known to the app alone. */
export function conversationArg({ core, args }: Call): Conversation {
  const conversation = core.directory.conversation(requiredText(args, 'channel'));
  if (!conversation) throw new SlackRefusal('channel_not_found');
  return conversation;
}

/** Refuses a channel that the bot is not a member of. */
export function requireMembership(conversation: Conversation): void {
  if (conversation.kind === 'channel' && !conversation.bot) throw new SlackRefusal('not_in_channel');
}

export function requireLiving(conversation: Conversation): void {
  if (conversation.kind === 'channel' && conversation.archived) throw new SlackRefusal('is_archived');
}

/** `channels:read` for a channel, `im:read` for a direct message, and so on. */
export function requireFor(
  { requireScope }: Call,
  conversation: Conversation,
  right: 'read' | 'history',
): void {
  requireScope(`${conversation.kind === 'channel' ? 'channels' : 'im'}:${right}`);
}
