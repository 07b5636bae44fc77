import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Card } from '../../../core/card.ts';
import type { Ctx } from '../../../services/context.ts';
import { answerInTime } from './answer-in-time.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';
import { privateMessage } from './on-command.ts';

export interface ButtonCall {
  ctx: Ctx;
  /** The button's value, parsed; what is in it is checked like any other input. */
  value: unknown;
  triggerId: string;
  /** Where the button is, when it is in a message. */
  channelId: string | null;
}

/** Registers a button. The handler returns a private answer, or null when the card itself shows what came of it. */
export function onButton(
  app: App,
  context: ListenerContext,
  action: string,
  handle: (call: ButtonCall) => Promise<Card | null>,
): void {
  app.action<BlockAction<ButtonAction>>(
    { type: 'block_actions', action_id: action },
    async ({ body, payload, ack }) => {
      const answer = (card: Card) => answerPrivately(context, body, card);
      const acknowledge = async (card: Card | null) => {
        await ack();
        if (card) await answer(card);
      };
      const { log } = context.services;
      await answerInTime({ acknowledge, answerLater: answer, log }, () =>
        handle({
          ctx: ctxOf(context, identify(body)),
          value: parseValue(payload.value),
          triggerId: body.trigger_id,
          channelId: body.channel?.id ?? null,
        }),
      );
    },
  );
}

function identify(body: BlockAction<ButtonAction>) {
  const teamId = body.user.team_id ?? body.team?.id;
  return { userId: body.user.id, userName: body.user.username, teamId, actId: body.trigger_id };
}

function parseValue(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? 'null');
  } catch {
    return null;
  }
}

/** In a channel only the person sees it; from a home or a direct message it goes to their direct messages. */
async function answerPrivately(
  { interactive, services }: ListenerContext,
  body: BlockAction<ButtonAction>,
  card: Card,
): Promise<void> {
  const { response_type, replace_original, ...message } = privateMessage(card);
  try {
    if (body.channel) {
      await interactive.chat.postEphemeral({ channel: body.channel.id, user: body.user.id, ...message });
    } else {
      const { channel } = await interactive.conversations.open({ users: body.user.id });
      if (channel?.id) await interactive.chat.postMessage({ channel: channel.id, ...message });
    }
  } catch (error) {
    const note = error instanceof Error ? error.message : 'unknown error';
    services.log.warn({ note }, 'a private answer could not be shown');
  }
}
