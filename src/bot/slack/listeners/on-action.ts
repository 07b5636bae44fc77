import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { runAction } from '../../interactions/run-action.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import { answerPrivately } from './answer-privately.ts';
import { cardOfAnswer } from './card-of-answer.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';
import { parseJson } from './parse-json.ts';

/** Does what a button asks for. The answer, where there is one, is a message of its own, which only the person sees. */
export function onAction(context: ListenerContext) {
  return ({ body, payload, ack }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const place = { userId: body.user.id, channelId: body.channel?.id ?? null };
    const answer = (card: Card) => answerPrivately(context, place, card);
    // Slack takes no answer with the acknowledgement of a button.
    const acknowledge = async (card: Card | null) => {
      await ack();
      if (card) await answer(card);
    };
    return answerInTime<Card | null>(
      {
        acknowledge,
        acknowledgeLate: () => acknowledge(workingCard),
        answerLater: (card) => answer(card ?? doneCard),
        answerWith: (card) => card,
        log: context.services.log,
      },
      async () => {
        const ctx = await ctxOf(context, identify(body));
        const value = 'value' in payload ? parseJson(payload.value) : null;
        const result = await runAction({ ctx, name: payload.action_id, value });
        return cardOfAnswer(context, body.trigger_id, result);
      },
    );
  };
}

function identify(body: BlockAction) {
  const teamId = body.user.team_id ?? body.team?.id;
  const { id: userId, username = userId } = body.user;
  return { userId, userName: username, teamId, requestId: body.trigger_id };
}
