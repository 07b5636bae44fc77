import type { Activity } from 'botbuilder';
import type { Destination } from '../../../core/address/destination.ts';
import type { PostedMessage } from '../../../core/address/posted-message.ts';
import type { Card } from '../../../core/card/card.ts';
import { isFormCard } from '../../../core/card/form-card.ts';
import type { Clock } from '../../../lib/clock.ts';
import { describeError } from '../../../lib/describe-error.ts';
import type { Log } from '../../../lib/log.ts';
import type {
  ChannelPace,
  MessageChannel,
  SendOutcome,
  UpdateOutcome,
} from '../../../services/ports/message-channel.ts';
import { renderCard } from '../render/card.ts';
import type { AdaptiveCard } from '../render/element.ts';
import { type DrawnFor, renderMessage } from '../render/message.ts';
import { type Budget, createBudget } from './budget.ts';
import type { Place, TeamsClient } from './client.ts';
import { isInChannel, readConversationId, threadOf } from './conversation-id.ts';
import { createDirectory, type TeamsDirectory } from './directory.ts';
import { type FailedOutcome, outcomeOfEdit, outcomeOfError, refused, statusOf } from './send-outcome.ts';
import type { Conversation, ConversationStore } from './store.ts';

export interface TeamsPlatformOptions {
  client: TeamsClient;
  store: ConversationStore;
  appId: string;
  clock: Pick<Clock, 'wall'>;
  log: Log;
  pace: ChannelPace;
}

/**
 * Teams as a message channel and as a directory. Sends never throw. There is no look-up: what may have arrived is for a
 * person to settle.
 */
export type TeamsPlatform = Omit<MessageChannel, 'find' | 'update'> &
  Required<Pick<MessageChannel, 'update'>> &
  TeamsDirectory & {
    /** A card as it takes the place of another. */
    draw(card: Card): Promise<AdaptiveCard>;
    /** Says something where somebody wrote, to them alone: a preview of Teams. Nothing depends on it; never throws. */
    sayTargeted(said: Targeted): Promise<void>;
  };

interface Targeted {
  userId: string;
  /** Where they wrote. */
  conversationId: string;
  card: Card;
}

interface Parts extends TeamsPlatformOptions {
  budget: Budget;
  directory: TeamsDirectory;
}

export function createTeamsPlatform(options: TeamsPlatformOptions): TeamsPlatform {
  const directory = createDirectory(options);
  const parts: Parts = { ...options, budget: createBudget(), directory };
  return {
    ...directory,
    post: (message) => post(parts, message),
    update: (message) => update(parts, message),
    draw: async (card) => renderCard(card, (await drawnFor(parts, card)).readers),
    sayTargeted: (said) => sayTargeted(parts, said),
    hasThreads: isInChannel,
    limits: { buttons: true },
    pace: options.pace,
  };
}

type Post = Parameters<MessageChannel['post']>[0];
type Update = Parameters<Required<MessageChannel>['update']>[0];

async function post(parts: Parts, message: Post): Promise<SendOutcome> {
  const { destination, card, replyTo, isStillOurs } = message;
  const activity = await toActivity(parts, card);
  const found = await findPlace(parts, destination, replyTo);
  if ('result' in found) return found;
  const limited = overBudget(parts, found);
  if (limited) return limited;
  const ready = await openPlace(parts, found, destination);
  if ('result' in ready) return ready;
  if (isStillOurs && !(await isStillOurs()))
    return { result: 'not-sent', detail: 'another process has taken the message over' };
  return attempt(parts, destination, () =>
    ready.startsThread ? startThread(parts, ready, activity) : send(parts, ready, activity),
  );
}

/** Where a message goes. `startsThread`: it is the first of a thread in a channel. */
interface FoundPlace extends Place {
  tenantId: string;
  startsThread: boolean;
  /** Somebody with whom there is no chat yet. */
  member?: Conversation;
}

async function findPlace(
  { store }: Parts,
  destination: Destination,
  replyTo: PostedMessage | undefined,
): Promise<FoundPlace | FailedOutcome> {
  if (destination.kind === 'channel') {
    const channel = await store.find('channel', destination.id);
    if (!channel) return refused('not_in_team', destination);
    const place = { serviceUrl: channel.serviceUrl, tenantId: channel.workspaceId };
    if (!isInChannel(destination.id))
      return { ...place, conversationId: destination.id, startsThread: false };
    return replyTo === undefined
      ? { ...place, conversationId: destination.id, startsThread: true }
      : { ...place, conversationId: threadOf(replyTo), startsThread: false };
  }
  const person = await store.find('person', destination.id);
  if (!person) return refused('not_installed', destination);
  const { serviceUrl, workspaceId: tenantId, conversationId } = person;
  const place = { serviceUrl, tenantId, startsThread: false };
  return conversationId === null
    ? { ...place, conversationId: '', member: person }
    : { ...place, conversationId };
}

/** Teams would answer with 429; it counts all calls, and what it refuses too. */
function overBudget({ budget, clock }: Parts, place: FoundPlace): FailedOutcome | null {
  const { tenantId, member } = place;
  const conversationId = member ? member.id : readConversationId(place.conversationId).channelId;
  const retryAfterMs = budget.take({ tenantId, conversationId }, clock.wall());
  return retryAfterMs === 0 ? null : { result: 'rate-limited', retryAfterMs };
}

/** With a token, and a chat with the person. Whatever goes wrong here, nothing was posted yet. */
async function openPlace(
  parts: Parts,
  place: FoundPlace,
  destination: Destination,
): Promise<FoundPlace | FailedOutcome> {
  const { client, store, appId, log } = parts;
  const { serviceUrl, tenantId, member } = place;
  try {
    await client.authenticate(serviceUrl);
  } catch (error) {
    // Nobody can be told in Teams.
    log.error({ part: 'teams', note: describeError(error) }, 'tminus can not prove itself to Teams');
    return { result: 'not-sent', detail: `tminus has no credential for Teams. ${describeError(error)}` };
  }
  try {
    if (!member) return place;
    const { id } = await client.createConversation(serviceUrl, {
      isGroup: false,
      bot: { id: `28:${appId}`, name: '' },
      members: [{ id: member.accountId ?? member.id, name: member.name ?? '' }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    });
    if (id === undefined) return { result: 'not-sent', detail: 'Teams opened no chat.' };
    const { kind, id: personId, workspaceId } = member;
    await store.note({ kind, id: personId, workspaceId, serviceUrl, conversationId: id });
    return { ...place, conversationId: id };
  } catch (error) {
    const outcome = failedOutcome(parts, error, destination);
    return outcome.result === 'unknown' ? { result: 'not-sent', detail: outcome.detail } : outcome;
  }
}

async function startThread(
  { client, appId }: Parts,
  { serviceUrl, conversationId: channelId, tenantId }: FoundPlace,
  activity: Partial<Activity>,
): Promise<PostedMessage | null> {
  const { id, activityId } = await client.createConversation(serviceUrl, {
    isGroup: true,
    bot: { id: `28:${appId}`, name: '' },
    tenantId,
    channelData: { channel: { id: channelId }, tenant: { id: tenantId } },
    activity: activity as Activity,
  });
  // What the connector calls the message's id may be that of the conversation.
  const messageId = (id === undefined ? null : readConversationId(id).rootId) ?? activityId;
  return messageId ? { messageId, channelId } : null;
}

async function send({ client }: Parts, place: FoundPlace, activity: Partial<Activity>) {
  const messageId = await client.send(place, activity);
  return messageId ? { messageId, channelId: place.conversationId } : null;
}

async function update(parts: Parts, message: Update): Promise<UpdateOutcome> {
  const { destination, messageId, channelId, card } = message;
  const activity = await toActivity(parts, card);
  const replyTo = destination.kind === 'channel' ? { messageId, channelId } : undefined;
  const found = await findPlace(parts, destination, replyTo);
  if ('result' in found) return outcomeOfEdit(found);
  const limited = overBudget(parts, found);
  if (limited) return limited;
  const isThreaded = replyTo !== undefined && isInChannel(channelId);
  const place = { ...found, conversationId: isThreaded ? threadOf(replyTo) : channelId };
  const ready = await openPlace(parts, { ...place, startsThread: false }, destination);
  if ('result' in ready) return outcomeOfEdit(ready);
  const outcome = await attempt(parts, destination, async () => {
    await parts.client.update(place, messageId, { ...activity, id: messageId });
    return { messageId, channelId };
  });
  return outcome.result === 'sent' ? outcome : outcomeOfEdit(outcome);
}

async function attempt(
  parts: Parts,
  destination: Destination,
  act: () => Promise<PostedMessage | null>,
): Promise<SendOutcome> {
  try {
    const sent = await act();
    return sent === null
      ? { result: 'unknown', detail: 'Teams named no message.' }
      : { result: 'sent', ...sent };
  } catch (error) {
    return failedOutcome(parts, error, destination);
  }
}

async function sayTargeted(parts: Parts, { userId, conversationId, card }: Targeted): Promise<void> {
  const { client, store, log } = parts;
  const destination: Destination = {
    channel: 'teams',
    kind: 'channel',
    id: readConversationId(conversationId).channelId,
  };
  const [person, found] = await Promise.all([
    store.find('person', userId),
    findPlace(parts, destination, undefined),
  ]);
  if (!person || 'result' in found || overBudget(parts, found)) return;
  const ready = await openPlace(parts, { ...found, conversationId }, destination);
  if ('result' in ready) return;
  // The SDK's types do not know of it.
  const recipient = { id: person.accountId ?? person.id, name: person.name ?? '', isTargeted: true };
  try {
    await client.sendTargeted(ready, { ...renderMessage(card), recipient });
  } catch (error) {
    const note = describeError(error);
    log.warn({ part: 'teams', note }, 'a targeted message was not shown; the answer is in the chat');
  }
}

/** Nobody can be told in Teams that Teams refuses the app itself. */
function failedOutcome({ log }: Parts, error: unknown, destination: Destination): FailedOutcome {
  if (statusOf(error) === 401)
    log.error({ part: 'teams' }, 'Teams refuses the credential of the app until this is fixed');
  return outcomeOfError(error, destination);
}

async function toActivity(parts: Parts, card: Card): Promise<Partial<Activity>> {
  return renderMessage(card, await drawnFor(parts, card));
}

/** Whom a card concerns by themselves: whoever can be chosen in its form, and those who see something of their own. */
async function drawnFor({ directory, store }: Parts, card: Card): Promise<DrawnFor> {
  const people = isFormCard(card) ? await directory.knownPeople().catch(() => []) : [];
  const ids = (card.readers ?? []).flatMap(({ platform, id }) => (platform === 'teams' ? [id] : []));
  const known = ids.length === 0 ? [] : await store.list('person', { ids }).catch(() => []);
  return { people, readers: known.flatMap(({ accountId }) => accountId ?? []) };
}
