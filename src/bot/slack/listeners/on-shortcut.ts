import type { MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { accountNames } from '../../../services/people/account-names.ts';
import type { MessageFile } from '../../interactions/interaction.ts';
import { runShortcut, type ShortcutMessage } from '../../interactions/run-shortcut.ts';
import { cleanText, literalLine } from '../../text/literal.ts';
import { renderMessage } from '../render/message.ts';
import { answerPrivately } from './answer-privately.ts';
import { answerLateWithCard, answerWithCard } from './answer-with-card.ts';
import { keepAct } from './keep-act.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';
import { mentionedIn, plainText, typedText } from './plain-text.ts';
import { readSlackFile, type SlackFile } from './read-slack-file.ts';
import { respondTo } from './respond-to.ts';

/** Of an author, in characters. */
const longestName = 200;

/** A shortcut that was chosen on a message, as far as it is needed. */
interface Chosen {
  callback_id: string;
  trigger_id: string;
  response_url: string;
  user: { id: string; name: string };
  teamId: string | undefined;
  channelId: string;
  message: WrittenMessage;
}

interface WrittenMessage {
  ts: string;
  text: string;
  /** Undefined: an app wrote it. */
  user: string | undefined;
  appName: string | undefined;
  link: string | null;
  files: SlackFile[];
}

/** Does what a shortcut on a message asks for. The answer is private, in the channel of the message. */
export function onShortcut(context: ListenerContext) {
  return ({ body, ack }: SlackShortcutMiddlewareArgs<MessageShortcut>): Promise<void> => {
    const chosen = readChosen(context, body);
    const ways = waysToAnswer(context, chosen);
    return answerWithCard(
      context,
      {
        ...ways,
        // Slack takes no answer with the acknowledgement of a shortcut.
        acknowledge: async (card) => {
          await ack();
          if (card) await ways.answerLater(card);
        },
        kept: keepAct(context, { kind: 'shortcut', userId: chosen.user.id, payload: chosen }),
      },
      () => run(context, chosen),
    );
  };
}

/** Finishes a shortcut that was kept. True when the person heard what came of it. */
export function repeatShortcut(context: ListenerContext, chosen: Chosen): Promise<boolean> {
  return answerLateWithCard(context, waysToAnswer(context, chosen), () => run(context, chosen));
}

/** In the channel of the message, where tminus need not be for it; else in their direct messages. */
export async function tellOfShortcut(context: ListenerContext, chosen: Chosen, card: Card): Promise<boolean> {
  try {
    const message = { response_type: 'ephemeral', replace_original: false, ...renderMessage(card) };
    await respondTo(chosen.response_url)(message);
    return true;
  } catch (error) {
    const { log } = context.services;
    log.warn({ note: describeError(error) }, 'a shortcut could not be answered where it was chosen');
    return answerPrivately(context, { userId: chosen.user.id, channelId: null }, card);
  }
}

function waysToAnswer(context: ListenerContext, chosen: Chosen) {
  const answerLater = (card: Card) => tellOfShortcut(context, chosen, card);
  return { triggerId: chosen.trigger_id, answerLater };
}

async function run(context: ListenerContext, chosen: Chosen) {
  const { user, teamId, trigger_id: requestId, callback_id: name } = chosen;
  const ctx = await ctxOf(context, { userId: user.id, userName: user.name, teamId, requestId });
  const readFile = ({ name: wanted, url }: MessageFile) => {
    const { files: attached } = chosen.message;
    const file = attached.find((one) => one.name === wanted && one.url === url);
    return readSlackFile(context, file ?? { name: wanted, url, id: null });
  };
  return runShortcut({ ctx, name, message: await readMessage(context, chosen), readFile });
}

async function readMessage(
  { services, teamId }: ListenerContext,
  { channelId, message }: Chosen,
): Promise<ShortcutMessage> {
  const { user, ts, link, appName, files: attached } = message;
  const ids = [...mentionedIn(message.text), ...(user === undefined ? [] : [user])];
  const names = await accountNames(services, 'slack', ids);
  return {
    source: `slack:${teamId}:${channelId}:${ts}`,
    text: cleanText(
      plainText([message.text, ...attached.map(describeFile)].filter(Boolean).join('\n'), names),
    ),
    typed: cleanText(typedText(message.text, names)),
    files: attached,
    author: literalLine(appName ?? names.get(user ?? '') ?? user ?? 'an app', longestName),
    link,
    writtenAt: Math.floor(Number(ts) * 1000),
  };
}

function readChosen({ services }: ListenerContext, body: MessageShortcut): Chosen {
  const { callback_id, response_url, user, team, channel, message } = body;
  const { user: author, bot_id, username, bot_profile: bot, text = '', ts } = message;
  const isOfApp = bot_id !== undefined;
  return {
    callback_id,
    response_url,
    trigger_id: body.trigger_id || services.newId(),
    user: { id: user.id, name: user.username ?? user.name },
    teamId: user.team_id ?? team?.id,
    channelId: channel.id,
    message: {
      ts,
      text,
      files: filesOf(message),
      user: isOfApp ? undefined : author,
      appName: isOfApp ? String(username ?? bot?.name ?? 'an app') : undefined,
      link: linkTo(body),
    },
  };
}

function filesOf({ files }: MessageShortcut['message']): SlackFile[] {
  if (!Array.isArray(files)) return [];
  return files.map(({ id, name, permalink, url_private_download: url }) => ({
    id: typeof id === 'string' ? id : null,
    name: String(name ?? 'without a name'),
    url: typeof url === 'string' ? url : null,
    ...(typeof permalink === 'string' ? { permalink } : {}),
  }));
}

/** A file by name and address: for a record, what is in it stays where it is. */
function describeFile({ name, permalink = '' }: SlackFile): string {
  return `File: ${name} ${permalink}`.trim();
}

/** The address of a message, as Slack's "Copy link" gives it. */
function linkTo({ team, channel, message }: MessageShortcut): string | null {
  if (!team?.domain) return null;
  const { ts, thread_ts: thread } = message;
  const page = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return typeof thread === 'string' && thread !== ts ? `${page}?thread_ts=${thread}&cid=${channel.id}` : page;
}
