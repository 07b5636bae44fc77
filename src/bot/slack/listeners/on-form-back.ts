import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Card } from '../../../core/card/card.ts';
import type { FormOutcome } from '../../../core/card/form.ts';
import { answerInTime } from '../../requests/answer-in-time.ts';
import { backAction } from '../render/form.ts';
import { answerPrivately } from './answer-privately.ts';
import { keepAct } from './keep-act.ts';
import type { ListenerContext } from './listener-context.ts';
import { lateAnswering, replacementOf, runSubmission, type Submission, showLater } from './on-form.ts';
import { patience } from './patience.ts';

/**
 * What was typed in a form whose *Back* somebody pressed; null for every other button. Slack has no second way
 * to submit a modal, and doesn't check required fields when a button in it is pressed.
 */
export function readBack({ user, team, trigger_id, view, actions }: BlockAction): Submission | null {
  if (!view || actions[0]?.action_id !== backAction) return null;
  const { id, callback_id, private_metadata, state } = view;
  return {
    user: { ...user, name: user.username ?? user.id },
    team,
    trigger_id: trigger_id || `${id}:${view.hash}`,
    back: true,
    view: { id, callback_id, private_metadata, state: { values: state.values } },
  };
}

/** Shows the form before in the place of the one that is open. */
export function goBack(
  context: ListenerContext,
  submission: Submission,
  ack: SlackActionMiddlewareArgs<BlockAction>['ack'],
): Promise<void> {
  const person = { userId: submission.user.id, channelId: null };
  const tell = (card: Card) => answerPrivately(context, person, card);
  const show = (outcome: FormOutcome) => {
    const shown = replacementOf(outcome);
    // Where there is no way back now, the form stays, and with it what was typed.
    return outcome.kind === 'errors' && shown.kind === 'answer'
      ? tell(shown.card)
      : showLater(context, submission, shown);
  };
  return answerInTime<FormOutcome>(
    {
      ...lateAnswering(context, submission),
      answerLater: show,
      tell,
      // Slack takes no view with the acknowledgement of a button.
      acknowledge: async (outcome) => {
        await ack();
        await show(outcome);
      },
      acknowledgeLate: () => ack(),
      kept: keepAct(context, { kind: 'form', userId: person.userId, payload: submission }),
      patience,
    },
    () => runSubmission(context, submission),
  );
}
