import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import { answerPrivately } from './answer-privately.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

export interface ButtonCall {
  ctx: Ctx;
  /** The button's value, parsed; what is in it is checked like any other input. */
  value: unknown;
  triggerId: string;
}

/** Returns a private answer, or null when the card itself shows what came of it. */
export type ButtonHandler = (call: ButtonCall) => Promise<Card | null>;

/** What Bolt has of a pressed button. */
export interface ButtonPress {
  body: BlockAction<ButtonAction>;
  payload: ButtonAction;
  ack: AckFn<void>;
}

/** What buttons do, by action; `otherwise` gets those of older messages that there are no more. */
export function createButtonListener(
  context: ListenerContext,
  handlers: Readonly<Record<string, ButtonHandler>>,
  otherwise: ButtonHandler,
): (press: ButtonPress) => Promise<void> {
  const byAction = new Map(Object.entries(handlers));
  return ({ body, payload, ack }) => {
    const handle = byAction.get(payload.action_id) ?? otherwise;
    const place = { userId: body.user.id, channelId: body.channel?.id ?? null };
    const answer = (card: Card) => answerPrivately(context, place, card);
    // A button takes no answer with its acknowledgement.
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
        return handle({ ctx, value: parseValue(payload.value), triggerId: body.trigger_id });
      },
    );
  };
}

function identify(body: BlockAction<ButtonAction>) {
  const teamId = body.user.team_id ?? body.team?.id;
  return { userId: body.user.id, userName: body.user.username, teamId, requestId: body.trigger_id };
}

function parseValue(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? 'null');
  } catch {
    return null;
  }
}
