import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Card } from '../../../core/card/card.ts';
import type { FormAnswer, FormOutcome, FormValues } from '../../../core/card/form.ts';
import { inlines, type Line } from '../../../core/card/line.ts';
import { parseJson } from '../../../lib/parse-json.ts';
import { notDoneOutcome } from '../../interactions/form-outcomes.ts';
import { runForm } from '../../interactions/run-form.ts';
import { answerInTime, answerLate, type LateAnswering, workingCard } from '../../requests/answer-in-time.ts';
import { lateOutcome } from '../../requests/late-outcome.ts';
import { nameCommands } from '../render/command-names.ts';
import { renderAnswer, renderForm } from '../render/form.ts';
import { plainText } from '../render/message.ts';
import { answerPrivately } from './answer-privately.ts';
import { keepAct } from './keep-act.ts';
import { ctxOf, type ListenerContext, teamOf } from './listener-context.ts';
import { patience } from './patience.ts';
import { watchOpened } from './watch-opened.ts';

export type Submission = Pick<ViewSubmitAction, 'user' | 'team'> & {
  trigger_id: string;
  /** They went back instead, and what they typed comes along. */
  back?: true;
  view: Pick<ViewSubmitAction['view'], 'id' | 'callback_id' | 'private_metadata'> & {
    state: Pick<ViewSubmitAction['view']['state'], 'values'>;
  };
};

/** Does what a submitted form asks for. What comes of it is shown in its place. */
export function onForm(context: ListenerContext) {
  return ({ body, ack }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const submission = readSubmission(body);
    const show = (view: ModalView) => ack({ response_action: 'update', view });
    return answerInTime<FormOutcome>(
      {
        ...lateAnswering(context, submission),
        // Its form is still open, with what was typed.
        tell: (card) => answerPrivately(context, { userId: body.user.id, channelId: null }, card),
        acknowledge: async (outcome) => {
          if (outcome.kind === 'close') await ack();
          else if (outcome.kind === 'errors')
            await ack({ response_action: 'errors', errors: renderErrors(outcome.errors) });
          else await show(viewOf(outcome));
          await followWork(context, submission, outcome);
        },
        acknowledgeLate: () => show(renderAnswer('Working on it…', workingCard)),
        kept: keepAct(context, { kind: 'form', userId: body.user.id, payload: submission }),
        patience,
      },
      () => runSubmission(context, submission),
    );
  };
}

/** Finishes a submission that was kept. True when the person heard what came of it. */
export function repeatForm(context: ListenerContext, submission: Submission): Promise<boolean> {
  return answerLate(lateAnswering(context, submission), () => runSubmission(context, submission));
}

/** Where a submission that was kept is told of. */
export function tellOfForm(context: ListenerContext, submission: Submission, card: Card): Promise<boolean> {
  return showLater(context, submission, notDoneOutcome(card));
}

export function lateAnswering(context: ListenerContext, submission: Submission): LateAnswering<FormOutcome> {
  return {
    answerLater: (outcome) => showLater(context, submission, replacementOf(outcome)),
    tell: (card) => tellOfForm(context, submission, card),
    answerWith: notDoneOutcome,
    log: context.services.log,
  };
}

export async function runSubmission(context: ListenerContext, submission: Submission): Promise<FormOutcome> {
  const outcome = await runForm({
    ctx: await ctxOf(context, identify(submission)),
    name: submission.view.callback_id,
    values: readValues(submission),
    metadata: parseJson(submission.view.private_metadata),
    back: submission.back ?? false,
  });
  return nameCommands(outcome, context.commandNames);
}

function renderErrors(errors: Readonly<Record<string, Line>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, error]) => [field, plainText(inlines(error))]),
  );
}

/** What takes the place of the form. */
type Replacement = FormAnswer | Extract<FormOutcome, { kind: 'next' }>;

/** What is shown of a form once its fields are gone. */
export function replacementOf(outcome: FormOutcome): Replacement {
  return outcome.kind === 'next' ? outcome : lateOutcome(outcome);
}

function viewOf(shown: Replacement): ModalView {
  return shown.kind === 'next' ? renderForm(shown.form) : renderAnswer(shown.title, shown.card);
}

/** Takes the place of what is shown; someone who closed that gets a direct message. */
export async function showLater(
  context: ListenerContext,
  { view, user }: Submission,
  shown: Replacement,
): Promise<boolean> {
  try {
    await context.interactive.views.update({ view_id: view.id, view: viewOf(shown) });
    await followWork(context, { view }, shown);
    return true;
  } catch {
    const card = shown.kind === 'next' ? shown.late : shown.card;
    return answerPrivately(context, { userId: user.id, channelId: null }, card);
  }
}

/** The window goes on to say how it ended. Never throws. */
async function followWork(
  context: ListenerContext,
  { view }: Pick<Submission, 'view'>,
  outcome: FormOutcome,
): Promise<void> {
  if (outcome.kind !== 'answer' || outcome.follows === undefined) return;
  // Its state is not known: showing the answer has changed it.
  await watchOpened(context, outcome.follows, { id: view.id, hash: '' });
}

function readSubmission({ user, team, trigger_id, view }: ViewSubmitAction): Submission {
  const { id, callback_id, private_metadata, state } = view;
  return {
    user,
    team,
    // A form can be submitted again after field errors: the trigger is new then, the view is not.
    trigger_id: trigger_id || `${id}:${view.hash}`,
    view: { id, callback_id, private_metadata, state: { values: state.values } },
  };
}

function identify(submission: Submission) {
  const { user, trigger_id: requestId } = submission;
  return { userId: user.id, userName: user.name, teamId: teamOf(submission), requestId };
}

function readValues({ view }: Submission): FormValues {
  const values: Record<string, string | null> = {};
  for (const [name, fields] of Object.entries(view.state.values)) {
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
