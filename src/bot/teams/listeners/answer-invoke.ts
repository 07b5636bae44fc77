import type { InvokeResponse } from 'botbuilder';
import type { Card } from '../../../core/card/card.ts';
import type { KeptRequest } from '../../requests/acknowledge-once-kept.ts';
import {
  answerInTime,
  answerLate,
  FailedRequestError,
  type LateAnswering,
} from '../../requests/answer-in-time.ts';
import { answerPrivately } from './answer-privately.ts';
import { type Asked, patience, type TeamsContext } from './teams-context.ts';

/** What an invoke is answered with, and what is said in its place when nobody waits for that any more. */
export interface InvokeAnswer {
  response: InvokeResponse;
  /** Is posted in the person's chat as well. */
  post?: Card;
  late: Card;
}

export interface WaysToAnswer {
  asked: Asked;
  /** Says something where the person acted: below the card, or in the dialog. */
  say: (card: Card) => InvokeResponse;
}

/** Does the work of an invoke, and resolves with its answer, or in time with "Working on it…"; then the work goes on. */
export function answerInvoke(
  context: TeamsContext,
  ways: WaysToAnswer & { working: InvokeResponse; kept: KeptRequest },
  work: () => Promise<InvokeAnswer>,
): Promise<InvokeResponse> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const give = async (response: InvokeResponse) => {
      isAnswered = true;
      resolve(response);
    };
    const tell = async (card: Card) => {
      if (isAnswered) return answerPrivately(context, ways.asked, card);
      await give(ways.say(card));
      return true;
    };
    const answering = {
      ...lateAnswering(context, ways),
      tell,
      acknowledge: async ({ response, post }: InvokeAnswer) => {
        await give(response);
        if (post) await answerPrivately(context, ways.asked, post);
      },
      acknowledgeLate: () => give(ways.working),
      kept: ways.kept,
      patience,
    };
    const done = answerInTime<InvokeAnswer>(answering, work).catch((error: unknown) => {
      // Why is in the log, and the person was told.
      if (!(error instanceof FailedRequestError)) reject(error);
    });
    context.inProgress.add(done);
    void done.finally(() => context.inProgress.delete(done));
  });
}

/** The same for an invoke that was answered before. True when the person heard what came of it. */
export function answerInvokeLate(
  context: TeamsContext,
  ways: WaysToAnswer,
  work: () => Promise<InvokeAnswer>,
): Promise<boolean> {
  return answerLate<InvokeAnswer>(lateAnswering(context, ways), work);
}

function lateAnswering(context: TeamsContext, { asked, say }: WaysToAnswer): LateAnswering<InvokeAnswer> {
  const tell = (card: Card) => answerPrivately(context, asked, card);
  return {
    answerLater: ({ late }) => tell(late),
    tell,
    answerWith: (card) => ({ response: say(card), late: card }),
    log: context.services.log,
  };
}
