import { randomUUID } from 'node:crypto';
import type { Card } from '../../core/card/card.ts';
import type { Log } from '../../lib/log.ts';
import { acknowledgementSeconds } from '../../lib/telemetry.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';
import { FailedReadError } from '../interactions/failed-read.ts';
import { acknowledgeOnceKept, type KeptRequest, type Patience } from './acknowledge-once-kept.ts';
import { OtherWorkspaceError } from './ctx-of-request.ts';

/** How a person hears what came of a request that was acknowledged without its answer. */
export interface LateAnswering<Answer> {
  /** The person waits, so there has to be an answer. True when they got it. Never rejects. */
  answerLater: (answer: Answer) => Promise<boolean>;
  /** Tells of a failure, apart from any acknowledgement. True when the person was told. Never rejects. */
  tell: (card: Card) => Promise<boolean>;
  /** How this kind of request answers with nothing but a card. */
  answerWith: (card: Card) => Answer;
  log: Log;
}

export interface Answering<Answer> extends LateAnswering<Answer> {
  /** Acknowledges, with an answer where the platform takes one. */
  acknowledge: (answer: Answer) => Promise<void>;
  /** Acknowledges with "Working on it…", since the answer is not there yet. */
  acknowledgeLate: () => Promise<void>;
  /** Where the request is kept before that, so that it is finished even if this process is not there to do so. */
  kept: KeptRequest;
  /** How long the platform waits. */
  patience: Patience;
}

/** Said when the answer takes longer than the platform waits. */
export const workingCard = sentenceCard('Working on it…');

/** Said afterwards where a quick answer needs no words: the card shows what came of it. */
export const doneCard = sentenceCard('Done.');

/** A request failed, and must not be acknowledged. Why is in the log, under its reference. */
export class FailedRequestError extends Error {
  override name = 'FailedRequestError';
}

/**
 * Does the work, then acknowledges with its answer: accepted means committed. When it takes long, the request is kept,
 * and once that is certain the person hears in time that it takes longer, and the answer later.
 * @throws FailedRequestError when the work failed in a way that nobody expected and nothing was acknowledged; the
 * person was told of it by a reference that is in the log, if they could be.
 */
export async function answerInTime<Answer>(
  answering: Answering<Answer>,
  work: () => Promise<Answer>,
): Promise<void> {
  const { acknowledge, acknowledgeLate, answerLater, kept, tell } = answering;
  const began = performance.now();
  const acknowledged = (how: 'answered' | 'late' | 'failed') =>
    acknowledgementSeconds.observe({ how }, (performance.now() - began) / 1_000);
  const waiting = acknowledgeOnceKept({
    ...answering,
    acknowledgeLate: () => acknowledgeLate().then(() => acknowledged('late')),
  });
  const outcome = await outcomeOf(answering, work);
  const { late, isTooLate, wasKept } = waiting.end();
  const finish = async (isAnswered: boolean) => {
    if (wasKept) await (isAnswered ? kept.forget() : kept.release());
  };
  if ('failure' in outcome) {
    const isTold = await tell(outcome.failure);
    await finish(isTold || !late);
    if (late) return;
    acknowledged('failed');
    throw new FailedRequestError(`see the reference ${outcome.reference}`);
  }
  if (!late && !isTooLate) {
    await acknowledge(outcome.answer);
    acknowledged('answered');
    await finish(true);
    return;
  }
  // In this order, or "Working on it…" would be the last thing the person sees.
  await (late ?? acknowledgeLate().catch(() => undefined));
  await finish(await answerLater(outcome.answer));
}

/** Does the work of a request that was acknowledged before. True when the person heard what came of it. */
export async function answerLate<Answer>(
  answering: LateAnswering<Answer>,
  work: () => Promise<Answer>,
): Promise<boolean> {
  const outcome = await outcomeOf(answering, work);
  return 'failure' in outcome ? answering.tell(outcome.failure) : answering.answerLater(outcome.answer);
}

type Outcome<Answer> = { answer: Answer } | { failure: Card; reference: string };

/** A failure that is known to have changed nothing is an answer, too. */
async function outcomeOf<Answer>(
  { answerWith, log }: LateAnswering<Answer>,
  work: () => Promise<Answer>,
): Promise<Outcome<Answer>> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof OtherWorkspaceError) {
      log.warn({ note: error.message }, 'a request was refused');
      return { answer: answerWith(otherWorkspaceCard) };
    }
    const reference = randomUUID().slice(0, 8);
    const isRead = error instanceof FailedReadError;
    log.error({ reference, error: isRead ? error.cause : error }, 'a request failed');
    return isRead
      ? { answer: answerWith(failureCard(notShown, reference)) }
      : { failure: failureCard(perhapsDone, reference), reference };
  }
}

const otherWorkspaceCard = sentenceCard(
  'This tminus serves another workspace, so nothing was done. Ask someone who works there.',
);
const notShown = 'Something went wrong, and this could not be shown. Nothing was changed; try again.';
const perhapsDone =
  'Something went wrong, and this may or may not have been done: check before you try again.';

function failureCard(what: string, reference: string): Card {
  return sentenceCard(`${what} If it happens again, tell whoever runs tminus the reference ${reference}.`);
}
