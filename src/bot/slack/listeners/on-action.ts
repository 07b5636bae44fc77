import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import { parseJson } from '../../../lib/parse-json.ts';
import { runAction } from '../../interactions/run-action.ts';
import { actionOf } from '../render/actions.ts';
import { answerPrivately } from './answer-privately.ts';
import { answerLateWithCard, answerWithCard } from './answer-with-card.ts';
import { keepAct } from './keep-act.ts';
import { ctxOf, type ListenerContext, teamOf } from './listener-context.ts';
import { goBack, readBack } from './on-form-back.ts';

type Click = Pick<BlockAction, 'user' | 'team' | 'channel' | 'trigger_id'> & {
  action: { action_id: string; value?: string };
};

/** Does what a button asks for. The answer, where there is one, is a message of its own, which only the person sees. */
export function onAction(context: ListenerContext) {
  return ({ body, payload, ack }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const submission = readBack(body);
    if (submission) return goBack(context, submission, ack);
    const click = readClick(context, body, payload);
    const ways = waysToAnswer(context, click);
    return answerWithCard(
      context,
      {
        ...ways,
        // Slack takes no answer with the acknowledgement of a button.
        acknowledge: async (card) => {
          await ack();
          if (card) await ways.answerLater(card);
        },
        kept: keepAct(context, { kind: 'action', userId: click.user.id, payload: click }),
      },
      () => run(context, click),
    );
  };
}

/** Finishes a click that was kept. True when the person heard what came of it. */
export function repeatAction(context: ListenerContext, click: Click): Promise<boolean> {
  return answerLateWithCard(context, waysToAnswer(context, click), () => run(context, click));
}

/** Where a click is told of. */
export function tellOfAction(context: ListenerContext, click: Click, card: Card): Promise<boolean> {
  return answerPrivately(context, { userId: click.user.id, channelId: click.channel?.id ?? null }, card);
}

function waysToAnswer(context: ListenerContext, click: Click) {
  const answerLater = (card: Card) => tellOfAction(context, click, card);
  return { triggerId: click.trigger_id, answerLater };
}

async function run(context: ListenerContext, click: Click) {
  const ctx = await ctxOf(context, identify(click));
  const { action_id, value } = click.action;
  return runAction({ ctx, name: actionOf(action_id), value: parseJson(value) });
}

function readClick(
  { services }: ListenerContext,
  { user, team, channel, trigger_id }: BlockAction,
  payload: SlackActionMiddlewareArgs<BlockAction>['payload'],
): Click {
  const { action_id } = payload;
  const value = 'value' in payload ? payload.value : undefined;
  const action = value === undefined ? { action_id } : { action_id, value };
  const click = { user, team, trigger_id: trigger_id || services.newId(), action };
  return channel === undefined ? click : { ...click, channel };
}

function identify(click: Click) {
  const { id: userId, username = userId } = click.user;
  return { userId, userName: username, teamId: teamOf(click), requestId: click.trigger_id };
}
