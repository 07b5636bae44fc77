import { createHash } from 'node:crypto';
import type { HomeView, KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Destination } from '../../../core/address/destination.ts';
import type { Card } from '../../../core/card/card.ts';
import type { Clock } from '../../../lib/clock.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { errorMessage } from '../../../lib/error-message.ts';
import type { Directory } from '../../../services/ports/directory.ts';
import type {
  ChannelPace,
  FullChannel,
  MessageChannel,
  PostedMessage,
  SendOutcome,
  UpdateOutcome,
} from '../../../services/ports/message-channel.ts';
import { lackingScopes } from '../manifest.ts';
import { type CommandNames, nameCommands } from '../render/command-names.ts';
import { renderAnswer } from '../render/form.ts';
import { renderHome } from '../render/home.ts';
import { renderMessage } from '../render/message.ts';
import { deliveryMetadata, findDeliveredMessage, lookupError } from './delivery-lookup.ts';
import { createDirectory, type SlackDirectory } from './directory.ts';
import type { SlackLog } from './log.ts';
import { type LookUpOptions, lookUp } from './look-up.ts';
import { lackingScope } from './refusals.ts';
import { type FailedOutcome, outcomeInPlace, outcomeOfEdit, reportedOutcome } from './send-outcome.ts';
import { createPostingClient, identifyBot } from './web-client.ts';

export interface SlackPlatformOptions extends LookUpOptions {
  token: string;
  /** Base of the Web API; Slack's own when left out. */
  apiUrl?: string | undefined;
  teamId: string;
  botUserId: string;
  botId?: string;
  appId?: string;
  clock: Clock;
  pace: ChannelPace;
  /** What commands are called in this workspace, where that is not their own name. */
  commandNames?: CommandNames;
}

/**
 * Slack as a message channel and as a directory. Sends never throw; `find` throws `DeliveryLookupError` when it
 * can't say, the directory `PlatformUnavailableError`.
 */
export function createSlackPlatform(
  options: SlackPlatformOptions,
): FullChannel & Required<Pick<MessageChannel, 'checkAccess'>> & Directory {
  const { log, commandNames = {} } = options;
  const named = <Message extends { card: Card }>(message: Message): Message => ({
    ...message,
    card: nameCommands(message.card, commandNames),
  });
  const client = createPostingClient(options);
  const directory = createDirectory({ client, clock: options.clock, teamId: options.teamId });
  return {
    post: (message) => post({ client, directory, log, ...named(message) }),
    update: (message) => update({ client, log, ...named(message) }),
    linkTo: (message) => linkTo(client, log, message),
    find: (query) => find({ client, directory, options, ...query }),
    hasThreads: () => true,
    checkAccess: () => checkAccess(client),
    limits: { buttons: true },
    pace: options.pace,
    invitation: directory.invitation,
    readAddress: directory.readAddress,
    findChannel: (name) => lookUp(options, () => directory.findChannel(name)),
    readGroup: directory.readGroup,
    isInGroup: (group, personId) => lookUp(options, () => directory.isInGroup(group, personId)),
    findGroup: (group) => lookUp(options, () => directory.findGroup(group)),
    membersOfGroup: (id) => lookUp(options, () => directory.membersOfGroup(id)),
    findPersonByEmail: (email) => lookUp(options, () => directory.findPersonByEmail(email)),
    findPerson: (id) => lookUp(options, () => directory.findPerson(id)),
  };
}

async function checkAccess(client: WebClient): Promise<string | null> {
  try {
    const { scopes } = await identifyBot(client);
    const lacking = scopes === undefined ? [] : lackingScopes(scopes);
    return lacking.length === 0 ? null : lackingScope(lacking.join(', '));
  } catch (error) {
    return errorMessage(error);
  }
}

/** Nothing in our texts is to be linked, mentioned or unfurled by Slack. */
const literal = { parse: 'none', link_names: false } as const;

interface Post {
  client: WebClient;
  directory: SlackDirectory;
  log: SlackLog;
  destination: Destination;
  card: Card;
  deliveryId: string;
  replyTo?: PostedMessage | undefined;
  isStillOurs?: () => Promise<boolean>;
}

async function post(message: Post): Promise<SendOutcome> {
  const { client, directory, log, destination, card, deliveryId, replyTo, isStillOurs } = message;
  if (destination.kind === 'home') return publishHome(client, log, destination.id, card);
  const channel = await channelOf(directory, log, destination);
  if (typeof channel !== 'string') return channel;
  const { text, blocks } = renderMessage(card);
  if (isStillOurs && !(await isStillOurs()))
    return { result: 'not-sent', detail: 'another process has taken the message over' };
  const outcome = await attempt(log, async () => {
    const posted = await client.chat.postMessage({
      ...literal,
      channel,
      text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
      metadata: deliveryMetadata(deliveryId),
      ...(replyTo === undefined ? {} : { thread_ts: replyTo.messageId }),
    });
    // Whatever the types say, this comes from outside.
    return typeof posted.ts !== 'string'
      ? null
      : { messageId: posted.ts, channelId: posted.channel ?? channel };
  });
  return outcome.result === 'sent' ? outcome : outcomeInPlace(outcome, destination);
}

/** The conversation to post in. Whatever goes wrong while opening it, nothing was posted yet. */
async function channelOf(
  directory: SlackDirectory,
  log: SlackLog,
  destination: Destination,
): Promise<string | FailedOutcome> {
  if (destination.kind === 'channel') return destination.id;
  try {
    return await directory.openDirectMessage(destination.id);
  } catch (error) {
    const outcome = reportedOutcome(error, log);
    return outcome.result === 'unknown' ? { result: 'not-sent', detail: outcome.detail } : outcome;
  }
}

interface Update {
  client: WebClient;
  log: SlackLog;
  destination: Destination;
  messageId: string;
  channelId: string;
  card: Card;
}

/** Metadata is left out, which keeps what the message has. */
async function update({
  client,
  log,
  destination,
  messageId,
  channelId,
  card,
}: Update): Promise<UpdateOutcome> {
  if (destination.kind === 'home') return publishHome(client, log, destination.id, card);
  if (destination.kind === 'form') return replaceForm({ client, log, messageId, channelId, card });
  const { text, blocks } = renderMessage(card);
  const outcome = await attempt(log, async () => {
    await client.chat.update({
      ...literal,
      channel: channelId,
      ts: messageId,
      text,
      blocks: withFreshIds(blocks),
    });
    return { messageId, channelId };
  });
  return outcome.result === 'sent' ? outcome : outcomeOfEdit(outcomeInPlace(outcome, destination));
}

/**
 * A modal that somebody has open gives way to what is to be said; a header is its title. `channelId` is the state in
 * which it was opened: one that was submitted since is left alone, unless there is none; one that was closed always is.
 */
async function replaceForm({
  client,
  log,
  messageId,
  channelId,
  card,
}: Omit<Update, 'destination'>): Promise<UpdateOutcome> {
  const [first, ...rest] = card.blocks;
  const view =
    first?.type === 'header'
      ? renderAnswer(first.text, { ...card, blocks: rest })
      : renderAnswer('Out of date', card);
  const hash = channelId === '' ? {} : { hash: channelId };
  const outcome = await attempt(log, async () => {
    await client.views.update({ view_id: messageId, ...hash, view });
    return { messageId, channelId };
  });
  return outcome.result === 'sent' ? outcome : outcomeOfEdit(outcome);
}

/** People can do without the link; why Slack gave none is in the log. */
async function linkTo(client: WebClient, log: SlackLog, { messageId, channelId }: PostedMessage) {
  try {
    const { permalink } = await client.chat.getPermalink({ channel: channelId, message_ts: messageId });
    return permalink ?? null;
  } catch (error) {
    log.warn(`Slack gave no link to a message: ${describeError(error)}`);
    return null;
  }
}

async function publishHome(
  client: WebClient,
  log: SlackLog,
  userId: string,
  card: Card,
): Promise<SendOutcome> {
  const view: HomeView = renderHome(card);
  return attempt(log, async () => {
    const published = await client.views.publish({ user_id: userId, view });
    return { messageId: published.view?.id ?? userId, channelId: userId };
  });
}

async function attempt(
  log: SlackLog,
  send: () => Promise<{ messageId: string; channelId: string } | null>,
): Promise<SendOutcome> {
  try {
    const sent = await send();
    return sent === null
      ? { result: 'unknown', detail: 'Slack named no message.' }
      : { result: 'sent', ...sent };
  } catch (error) {
    return reportedOutcome(error, log);
  }
}

/** Slack asks for new block ids when a message changes. */
function withFreshIds(blocks: KnownBlock[]): KnownBlock[] {
  const revision = createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 8);
  return blocks.map((block) => ({ ...block, block_id: `${block.block_id}-${revision}` }));
}

interface DeliveryQuery {
  client: WebClient;
  directory: SlackDirectory;
  options: SlackPlatformOptions;
  destination: Destination;
  deliveryId: string;
  since: number;
  replyTo?: PostedMessage | undefined;
}

async function find({ client, directory, options, destination, deliveryId, since, replyTo }: DeliveryQuery) {
  // Publishing a home twice shows it once.
  if (destination.kind === 'home') return null;
  const channelId = await lookupChannel(directory, options.log, destination);
  const messageId = await findDeliveredMessage({
    client,
    clock: options.clock,
    log: options.log,
    self: options,
    channelId,
    deliveryId,
    since,
    threadId: replyTo?.messageId,
  });
  return messageId === null ? null : { messageId, channelId };
}

async function lookupChannel(
  directory: SlackDirectory,
  log: SlackLog,
  destination: Destination,
): Promise<string> {
  if (destination.kind === 'channel') return destination.id;
  return directory.openDirectMessage(destination.id).catch((error: unknown) => {
    throw lookupError(error, log);
  });
}
