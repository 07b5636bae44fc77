import { randomUUID } from 'node:crypto';
import type { Card } from '../../../core/card/card.ts';
import type { Log } from '../../../lib/log.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { FailedReadError } from '../../interactions/failed-read.ts';
import { describeError } from '../client/log.ts';
import { OtherWorkspaceError } from './listener-context.ts';

/** Slack gives three seconds; a little earlier the person hears that it takes longer. */
const timeoutMs = 2_500;

export interface Answering<Answer> {
  /** Acknowledges, with an answer where the platform takes one. */
  acknowledge: (answer: Answer) => Promise<void>;
  /** Acknowledges with "Working on it…", since the answer is not there yet. */
  acknowledgeLate: () => Promise<void>;
  /** Answers after `acknowledgeLate`. The person waits, so there has to be an answer. */
  answerLater: (answer: Answer) => Promise<void>;
  /** How this kind of request answers with nothing but a card. */
  answerWith: (card: Card) => Answer;
  log: Log;
}

/** Said when the answer takes longer than Slack waits. */
export const workingCard = sentenceCard('Working on it…');

/** Said afterwards where a quick answer needs no words: the card shows what came of it. */
export const doneCard = sentenceCard('Done.');

/**
 * Does the work, then acknowledges with its answer: accepted means committed. When it takes long, says so
 * in time and answers later. An error that nobody expected is answered with a reference that is in the log.
 */
export async function answerInTime<Answer>(
  { acknowledge, acknowledgeLate, answerLater, answerWith, log }: Answering<Answer>,
  work: () => Promise<Answer>,
): Promise<void> {
  let late: Promise<void> | undefined;
  const timer = setTimeout(() => {
    late = acknowledgeLate().catch((error: unknown) => {
      log.warn({ note: describeError(error) }, 'an acknowledgement did not arrive');
    });
  }, timeoutMs);
  const answer = await work().catch((error: unknown) => answerWith(failureCard(error, log)));
  clearTimeout(timer);
  if (!late) return acknowledge(answer);
  // In this order, or "Working on it…" would be the last thing the person sees.
  await late;
  await answerLater(answer);
}

function failureCard(error: unknown, log: Log): Card {
  if (error instanceof OtherWorkspaceError) {
    log.warn({ note: error.message }, 'a request was refused');
    return sentenceCard(
      'This tminus serves another workspace, so nothing was done. Ask someone who works there.',
    );
  }
  const reference = randomUUID().slice(0, 8);
  const isRead = error instanceof FailedReadError;
  log.error({ reference, error: isRead ? error.cause : error }, 'a request failed');
  const what = isRead
    ? 'Something went wrong, and this could not be shown. Nothing was changed; try again.'
    : 'Something went wrong, and it may or may not have been done: look before you try again.';
  return sentenceCard(`${what} If it happens again, tell whoever runs tminus the reference ${reference}.`);
}
