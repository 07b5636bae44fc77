import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { FormOutcome, FormValues } from '../../../core/card/form.ts';
import { inlines, type Line } from '../../../core/card/line.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { runForm } from '../../interactions/run-form.ts';
import { nameCommands } from '../render/command-names.ts';
import { renderAnswer } from '../render/form.ts';
import { plainText } from '../render/message.ts';
import { answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import { answerPrivately } from './answer-privately.ts';
import { ctxOf, type ListenerContext, teamOf } from './listener-context.ts';
import { parseJson } from './parse-json.ts';

/** Does what a submitted form asks for. What comes of it is shown in its place. */
export function onForm(context: ListenerContext) {
  return ({ body, ack }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const show = (view: ModalView) => ack({ response_action: 'update', view });
    return answerInTime<FormOutcome>(
      {
        acknowledge: async (outcome) => {
          if (outcome.kind === 'close') await ack();
          else if (outcome.kind === 'errors')
            await ack({ response_action: 'errors', errors: renderErrors(outcome.errors) });
          else await show(renderAnswer(outcome.title, outcome.card));
        },
        acknowledgeLate: () => show(renderAnswer('Working on it…', workingCard)),
        answerLater: (outcome) => showLater(context, body, lateOutcome(outcome)),
        answerWith: (card) => ({ kind: 'answer', title: 'Not done', card }),
        log: context.services.log,
      },
      async () => {
        const outcome = await runForm({
          ctx: await ctxOf(context, identify(body)),
          name: body.view.callback_id,
          values: readValues(body),
          metadata: parseJson(body.view.private_metadata),
        });
        return nameCommands(outcome, context.commandNames);
      },
    );
  };
}

function renderErrors(errors: Readonly<Record<string, Line>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, error]) => [field, plainText(inlines(error))]),
  );
}

type FormAnswer = Extract<FormOutcome, { kind: 'answer' }>;

/** Takes the place of "Working on it…"; someone who closed that gets a direct message. */
async function showLater(
  context: ListenerContext,
  { view, user }: ViewSubmitAction,
  { title, card }: FormAnswer,
): Promise<void> {
  try {
    await context.interactive.views.update({ view_id: view.id, view: renderAnswer(title, card) });
  } catch {
    await answerPrivately(context, { userId: user.id, channelId: null }, card);
  }
}

/** The fields are gone by then, so their errors become a list. */
function lateOutcome(outcome: FormOutcome): FormAnswer {
  if (outcome.kind === 'close') return { kind: 'answer', title: 'Done', card: doneCard };
  if (outcome.kind !== 'errors') return outcome;
  if (outcome.late) return { kind: 'answer', title: 'Not done', card: outcome.late };
  const { summary, blocks } = sentenceCard('This has to be changed first; then submit it again:');
  const items = Object.values(outcome.errors).map(inlines);
  const card = { summary, blocks: [...blocks, { type: 'list' as const, ordered: false, items }] };
  return { kind: 'answer', title: 'Not done', card };
}

function identify(body: ViewSubmitAction) {
  // A form can be submitted again after field errors: the trigger is new then, the view is not.
  const requestId = body.trigger_id ?? `${body.view.id}:${body.view.hash}`;
  return { userId: body.user.id, userName: body.user.name, teamId: teamOf(body), requestId };
}

function readValues(body: ViewSubmitAction): FormValues {
  const values: Record<string, string | null> = {};
  for (const [name, fields] of Object.entries(body.view.state.values)) {
    for (const field of Object.values(fields)) {
      values[name] =
        field.value ??
        field.selected_option?.value ??
        field.selected_user ??
        field.selected_date ??
        field.selected_time ??
        null;
    }
  }
  return values;
}
