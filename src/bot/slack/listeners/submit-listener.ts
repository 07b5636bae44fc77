import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Card, text } from '../../../core/card/card.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { answerView } from '../views/answer-view.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import { answerPrivately } from './answer-privately.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

export interface SubmitCall {
  ctx: Ctx;
  /** What was typed or picked, by input name (the block id); null when left empty. */
  values: Record<string, string | null>;
  /** What the window was opened with; checked like any other input. */
  metadata: unknown;
}

/**
 * What becomes of the window: closed, errors beside its fields, or an answer in its place. `late` is said in place
 * of errors when the fields are gone, where it is not the fields that have to be changed.
 */
export type SubmitAnswer =
  | { close: true }
  | { errors: Record<string, string>; late?: Card }
  | { title: string; answer: Card };

export type SubmitHandler = (call: SubmitCall) => Promise<SubmitAnswer>;

/** What happens when windows are submitted, by callback; `otherwise` gets those that there are no more. */
export function createSubmitListener(
  context: ListenerContext,
  handlers: Readonly<Record<string, SubmitHandler>>,
  otherwise: SubmitHandler,
): (args: SlackViewMiddlewareArgs<ViewSubmitAction>) => Promise<void> {
  const byCallback = new Map(Object.entries(handlers));
  return ({ body, ack }) => {
    const handle = byCallback.get(body.view.callback_id) ?? otherwise;
    const show = (view: ModalView) => ack({ response_action: 'update', view });
    return answerInTime<SubmitAnswer>(
      {
        acknowledge: async (answer) => {
          if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
          else if ('answer' in answer) await show(answerView(answer.title, answer.answer));
          else await ack();
        },
        acknowledgeLate: () => show(answerView('Working on it…', workingCard)),
        answerLater: (answer) => answerInModal(context, body, answer),
        answerWith: (card) => ({ title: 'Not done', answer: card }),
        log: context.services.log,
      },
      async () =>
        handle({
          ctx: await ctxOf(context, identify(body)),
          values: readValues(body),
          metadata: parseMetadata(body.view.private_metadata),
        }),
    );
  };
}

/** Takes the place of "Working on it…"; someone who closed that window gets a direct message. */
async function answerInModal(
  context: ListenerContext,
  { view, user }: ViewSubmitAction,
  answer: SubmitAnswer,
): Promise<void> {
  const { title, answer: card } = lateAnswer(answer);
  try {
    await context.interactive.views.update({ view_id: view.id, view: answerView(title, card) });
  } catch {
    await answerPrivately(context, { userId: user.id, channelId: null }, card);
  }
}

/** The fields are gone by then, so their errors are told as a list. */
function lateAnswer(answer: SubmitAnswer): { title: string; answer: Card } {
  if ('answer' in answer) return answer;
  if (!('errors' in answer)) return { title: 'Done', answer: doneCard };
  if (answer.late) return { title: 'Not done', answer: answer.late };
  const { summary, blocks } = sentenceCard('This has to be changed first; then submit it again:');
  const items = Object.values(answer.errors).map((error) => [text(error)]);
  return {
    title: 'Not done',
    answer: { summary, blocks: [...blocks, { type: 'list', ordered: false, items }] },
  };
}

function identify(body: ViewSubmitAction) {
  const teamId = body.user.team_id ?? body.team?.id;
  // A window can be submitted again after field errors: the trigger is new then, the window is not.
  const requestId = body.trigger_id ?? `${body.view.id}:${body.view.hash}`;
  return { userId: body.user.id, userName: body.user.name, teamId, requestId };
}

function readValues(body: ViewSubmitAction): Record<string, string | null> {
  const values: Record<string, string | null> = {};
  for (const [blockId, actions] of Object.entries(body.view.state.values)) {
    for (const input of Object.values(actions)) {
      values[blockId] =
        input.value ??
        input.selected_option?.value ??
        input.selected_user ??
        input.selected_date ??
        input.selected_time ??
        null;
    }
  }
  return values;
}

function parseMetadata(metadata: string): unknown {
  try {
    return JSON.parse(metadata || 'null');
  } catch {
    return null;
  }
}
