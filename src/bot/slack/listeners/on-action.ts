import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { runAction } from '../../interactions/run-action.ts';
import { answerPrivately } from './answer-privately.ts';
import { answerWithCard } from './answer-with-card.ts';
import { ctxOf, type ListenerContext, teamOf } from './listener-context.ts';
import { parseJson } from './parse-json.ts';

/** Does what a button asks for. The answer, where there is one, is a message of its own, which only the person sees. */
export function onAction(context: ListenerContext) {
  return ({ body, payload, ack }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const place = { userId: body.user.id, channelId: body.channel?.id ?? null };
    const answer = (card: Card) => answerPrivately(context, place, card);
    return answerWithCard(
      context,
      {
        triggerId: body.trigger_id,
        // Slack takes no answer with the acknowledgement of a button.
        acknowledge: async (card) => {
          await ack();
          if (card) await answer(card);
        },
        answerLater: answer,
      },
      async () => {
        const ctx = await ctxOf(context, identify(body));
        const value = 'value' in payload ? parseJson(payload.value) : null;
        return runAction({ ctx, name: payload.action_id, value });
      },
    );
  };
}

function identify(body: BlockAction) {
  const { id: userId, username = userId } = body.user;
  return { userId, userName: username, teamId: teamOf(body), requestId: body.trigger_id };
}
