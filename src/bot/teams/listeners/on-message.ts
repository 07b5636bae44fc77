import type { Activity } from 'botbuilder';
import type { Destination } from '../../../core/address/destination.ts';
import type { PostedMessage } from '../../../core/address/posted-message.ts';
import type { Card } from '../../../core/card/card.ts';
import { formCard } from '../../../core/card/form-card.ts';
import { parseJson } from '../../../lib/parse-json.ts';
import { replyToMessage } from '../../../services/conversation/reply-to-message.ts';
import { postHome } from '../../../services/home/post-home.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import type { Answer, MessageFile } from '../../interactions/interaction.ts';
import { runAction } from '../../interactions/run-action.ts';
import { runShortcut } from '../../interactions/run-shortcut.ts';
import { runTyped } from '../../interactions/run-typed.ts';
import {
  answerInTime,
  answerLate,
  doneCard,
  FailedRequestError,
  type LateAnswering,
} from '../../requests/answer-in-time.ts';
import { lateOutcome } from '../../requests/late-outcome.ts';
import { isInChannel, readConversationId } from '../client/conversation-id.ts';
import { answerPrivately } from './answer-privately.ts';
import { keepAct } from './keep-act.ts';
import { runSubmission } from './on-form.ts';
import type { ReadData } from './read-data.ts';
import { readTeamsFile } from './read-teams-file.ts';
import { type Asked, ctxOf, patience, type TeamsContext } from './teams-context.ts';

/** What somebody wrote to the bot; or a button or form of a client that knows of cards no more than how to send them. */
export interface Written {
  asked: Asked;
  /** Nobody else reads it: it was written in the chat, or with a slash in a channel. */
  isPersonal: boolean;
  text: string;
  data: ReadData | null;
  /** A file that was sent along, in the chat. */
  file?: MessageFile;
}

/**
 * Answers a message where it was written, through the outbox. Resolves as soon as Teams may know that it was taken; what
 * takes longer goes on.
 */
export function onMessage(context: TeamsContext, written: Written): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = lateAnswering(context, written);
    const answering = {
      ...late,
      acknowledge: async (failure: Card | null) => {
        resolve();
        await late.answerLater(failure);
      },
      acknowledgeLate: async () => resolve(),
      kept: keepAct(context, { kind: 'command', payload: written }),
      patience,
    };
    const done = answerInTime<Card | null>(answering, () => run(context, written)).catch((error: unknown) => {
      // Why is in the log, and the person was told.
      if (error instanceof FailedRequestError) resolve();
      else reject(error);
    });
    context.inProgress.add(done);
    void done.finally(() => context.inProgress.delete(done));
  });
}

/** Finishes what was kept. True when the person heard what came of it. */
export function repeatMessage(context: TeamsContext, written: Written): Promise<boolean> {
  return answerLate(lateAnswering(context, written), () => run(context, written));
}

export function tellOfMessage(context: TeamsContext, { asked }: Written, card: Card): Promise<boolean> {
  return answerPrivately(context, asked, card);
}

/** The answer is in the outbox by then. Only that there is none has to be said. */
function lateAnswering(context: TeamsContext, { asked }: Written): LateAnswering<Card | null> {
  const tell = (card: Card) => answerPrivately(context, asked, card);
  return {
    answerLater: async (failure) => failure === null || tell(failure),
    tell,
    answerWith: (failure) => failure,
    log: context.services.log,
  };
}

async function run(context: TeamsContext, written: Written): Promise<null> {
  const ctx = await ctxOf(context, written.asked);
  if (written.isPersonal && /^\/?home$/i.test(written.text)) {
    await postHome({ ctx, input: { identity: { platform: 'teams', id: written.asked.userId } } });
    return null;
  }
  const content = await answerTo(context, ctx, written);
  if (content) await replyToMessage({ ctx, input: { ...placeOf(written), content } });
  return null;
}

async function answerTo(context: TeamsContext, ctx: Ctx, written: Written): Promise<Card | null> {
  const { asked, isPersonal, text, data, file } = written;
  if (file) return cardOf(await planFrom(ctx, { ...written, file }), isPersonal);
  switch (data?.kind) {
    case 'action': {
      const answer = await runAction({ ctx, name: data.action, value: parseJson(data.value) });
      return answer.kind === 'none' ? null : cardOf(answer, isPersonal);
    }
    case 'form':
      return lateOutcome(await runSubmission(context, { asked, ...data })).card;
    case 'refresh':
      return null;
    default:
      return cardOf(await runTyped({ ctx, text }), isPersonal);
  }
}

/** A file that somebody sends in the chat is a plan: nothing else that is sent there means anything. */
function planFrom(ctx: Ctx, { asked, text, file }: Written & { file: MessageFile }): Promise<Answer> {
  const message = {
    source: `teams:${asked.conversationId}:${asked.activityId}`,
    text: `${text}\nFile: ${file.name}`.trim(),
    author: asked.userName,
    link: null,
    writtenAt: ctx.clock.now(),
    files: [file],
  };
  return runShortcut({ ctx, name: 'plan-release', message, readFile: readTeamsFile });
}

/** The file of a message in the chat, as Teams gives it out; null: there is none. */
export function fileOf({ attachments = [] }: Activity): MessageFile | null {
  const file = attachments.find(
    ({ contentType }) => contentType === 'application/vnd.microsoft.teams.file.download.info',
  );
  if (!file) return null;
  const { downloadUrl: url } = (file.content ?? {}) as { downloadUrl?: unknown };
  return { name: file.name ?? 'the file', url: typeof url === 'string' ? url : null };
}

const onlyInChat = sentenceCard(
  "The answer is for you alone, so I won't post it where others can read it. Ask me again in our chat.",
);

function cardOf(answer: Answer, isPersonal: boolean): Card {
  switch (answer.kind) {
    case 'none':
      return doneCard;
    case 'card':
      return answer.isSecret && !isPersonal ? onlyInChat : answer.card;
    case 'form':
      return formCard(answer.form);
  }
}

/** In the chat, where nobody else reads it; else below the message, in its thread. */
function placeOf({ asked, isPersonal }: Written): {
  destination: Destination & { kind: 'channel' | 'person' };
  replyTo: PostedMessage | null;
} {
  if (isPersonal)
    return { destination: { channel: 'teams', kind: 'person', id: asked.userId }, replyTo: null };
  const { channelId, rootId } = readConversationId(asked.conversationId);
  const destination = { channel: 'teams', kind: 'channel' as const, id: channelId };
  if (!isInChannel(channelId)) return { destination, replyTo: null };
  return { destination, replyTo: { channelId, messageId: rootId ?? asked.activityId } };
}

/** As it was typed: without the mention of the bot, and with people by their names. */
export function textOf({ text = '', entities = [], recipient }: Activity): string {
  return entities
    .reduce((shown, entity) => {
      const {
        type,
        text: mention,
        mentioned,
      } = entity as {
        type?: string;
        text?: unknown;
        mentioned?: { id?: string; name?: string };
      };
      if (type !== 'mention' || typeof mention !== 'string') return shown;
      return shown.replaceAll(mention, mentioned?.id === recipient?.id ? ' ' : (mentioned?.name ?? ' '));
    }, text)
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}
