import { randomUUID } from 'node:crypto';
import type { Card } from '../../../core/card.ts';
import type { Logger } from '../../../services/context.ts';
import { sentenceCard } from '../../answers/refusal-card.ts';
import { describeError } from '../client/log.ts';

/** Slack gives three seconds; a little earlier the person is told that it takes longer. */
const patienceMs = 2_500;

export interface Answering {
  /** Acknowledges, with an answer where the platform takes one. */
  acknowledge: (card: Card | null) => Promise<void>;
  /** Answers after the acknowledgement. */
  answerLater: (card: Card) => Promise<void>;
  log: Logger;
}

/**
 * Does the work, then acknowledges with its answer: accepted means committed. When it takes long, says so
 * in time and answers later. An error nobody expected is told with a reference that is in the log.
 */
export async function answerInTime(
  { acknowledge, answerLater, log }: Answering,
  work: () => Promise<Card | null>,
): Promise<void> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    acknowledge(sentenceCard('Working on it…')).catch(() => undefined);
  }, patienceMs);
  const answer = await work().catch((error: unknown) => failureCard(error, log));
  clearTimeout(timer);
  if (!late) await acknowledge(answer);
  else if (answer) await answerLater(answer);
}

function failureCard(error: unknown, log: Logger): Card {
  const reference = randomUUID().slice(0, 8);
  log.error({ reference, error: describeError(error) }, 'a request failed');
  return sentenceCard(
    `That did not work, and nothing was changed. Try again; if it stays, quote reference ${reference}.`,
  );
}
