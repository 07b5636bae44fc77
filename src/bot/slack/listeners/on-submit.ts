import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Ctx } from '../../../services/context.ts';
import { sentenceCard } from '../../answers/refusal-card.ts';
import { answerView } from '../views/answer-view.ts';
import { answerInTime } from './answer-in-time.ts';
import { ctxOf, type ListenerContext } from './listener-context.ts';

export interface SubmitCall {
  ctx: Ctx;
  /** What was typed or picked, by input name (the block id); null when left empty. */
  values: Record<string, string | null>;
  /** What the window was opened with; checked like any other input. */
  metadata: unknown;
}

/** What becomes of the window: closed, errors beside its fields, or another one in its place. */
export type SubmitAnswer = { close: true } | { errors: Record<string, string> } | { show: ModalView };

/** Registers what happens when a window is submitted. */
export function onSubmit(
  app: App,
  context: ListenerContext,
  callbackId: string,
  handle: (call: SubmitCall) => Promise<SubmitAnswer>,
): void {
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: callbackId }, async ({ body, ack }) => {
    const { log } = context.services;
    let answer: SubmitAnswer = { close: true };
    const acknowledge = async (failed: unknown) => {
      if (failed) answer = { show: answerView('Not done', sentenceCard(summaryOf(failed))) };
      if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
      else if ('show' in answer) await ack({ response_action: 'update', view: answer.show });
      else await ack();
    };
    const answerLater = async () => undefined;
    await answerInTime({ acknowledge, answerLater, log }, async () => {
      const ctx = ctxOf(context, identify(body));
      answer = await handle({
        ctx,
        values: readValues(body),
        metadata: parseMetadata(body.view.private_metadata),
      });
      return null;
    });
  });
}

function summaryOf(card: unknown): string {
  return typeof card === 'object' && card !== null && 'summary' in card
    ? String(card.summary)
    : 'That did not work.';
}

function identify(body: ViewSubmitAction) {
  const teamId = body.user.team_id ?? body.team?.id;
  // A window can be submitted again after field errors: the trigger is new then, the window is not.
  const actId = body.trigger_id ?? `${body.view.id}:${body.view.hash}`;
  return { userId: body.user.id, userName: body.user.name, teamId, actId };
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
