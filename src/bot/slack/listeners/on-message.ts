import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Destination } from '../../../core/address/destination.ts';
import type { PostedMessage } from '../../../core/address/posted-message.ts';
import type { Card } from '../../../core/card/card.ts';
import { planFilesOf } from '../../../core/plan-file/plan-in-message.ts';
import { replyToMessage } from '../../../services/conversation/reply-to-message.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { answerMessage } from '../../interactions/answer-message.ts';
import { OtherWorkspaceError } from '../../requests/ctx-of-request.ts';
import { nameCommands } from '../render/command-names.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

/** What somebody wrote to the bot, and where it is answered. */
interface Written {
  userId: string;
  text: string;
  teamId: string | undefined;
  eventId: string;
  /** What is answered, whatever the words are. */
  says?: Card;
  destination: Destination & { kind: 'channel' | 'person' };
  replyTo: PostedMessage | null;
}

/** A message in the direct messages with the bot. Edits, notes of the channel and other bots are not answered. */
export function onDirectMessage(context: ListenerContext) {
  return async ({ event, body }: SlackEventMiddlewareArgs<'message'>): Promise<void> => {
    if (event.channel_type !== 'im') return;
    // A message with a file has a kind of its own.
    if (event.subtype !== undefined && event.subtype !== 'file_share') return;
    if (!('user' in event) || ('bot_id' in event && event.bot_id !== undefined) || !event.user) return;
    const hasPlan = event.subtype === 'file_share' && planFilesOf(namesOf(event.files)).length > 0;
    await answer(context, {
      userId: event.user,
      text: event.text ?? '',
      ...(hasPlan ? { says: sentenceCard(howToPlan) } : {}),
      teamId: ('team' in event ? event.team : undefined) ?? body.team_id,
      eventId: body.event_id,
      destination: { channel: 'slack', kind: 'person', id: event.user },
      replyTo: below(event.channel, event.thread_ts),
    });
  };
}

/** A form opens for what somebody presses, not for a message. */
const howToPlan = 'To plan the release in that file, choose "Plan this release" in the menu of your message.';

function namesOf(files: readonly { name?: string | null }[] = []): { name: string }[] {
  return files.map(({ name }) => ({ name: name ?? '' }));
}

/** The bot is mentioned in a channel: the answer stands below that message. */
export function onMention(context: ListenerContext) {
  return async ({ event, body }: SlackEventMiddlewareArgs<'app_mention'>): Promise<void> => {
    if (event.subtype !== undefined || event.bot_id !== undefined || !event.user) return;
    await answer(context, {
      userId: event.user,
      text: event.text,
      teamId: event.team ?? body.team_id,
      eventId: body.event_id,
      destination: { channel: 'slack', kind: 'channel', id: event.channel },
      replyTo: below(event.channel, event.thread_ts ?? event.ts),
    });
  };
}

function below(channelId: string, messageId: string | undefined): PostedMessage | null {
  return messageId === undefined ? null : { channelId, messageId };
}

async function answer(context: ListenerContext, written: Written): Promise<void> {
  const { userId, teamId, eventId: requestId, destination, replyTo } = written;
  try {
    const ctx = await ctxOf(context, { userId, userName: userId, teamId, requestId });
    const card = written.says ?? (await answerMessage({ ctx, text: withoutMentions(written.text) }));
    const content = nameCommands(card, context.commandNames);
    await replyToMessage({ ctx, input: { destination, replyTo, content } });
  } catch (error) {
    if (!(error instanceof OtherWorkspaceError)) throw error;
    context.services.log.warn({ note: 'a message came from another workspace' }, 'a request was refused');
  }
}

/** As it was typed: Slack writes `<@U123>` for a mention, and `&amp;`, `&lt;` and `&gt;` for three characters. */
function withoutMentions(text: string): string {
  return text
    .replace(/<@[A-Z0-9]+(?:\|[^<>]*)?>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
