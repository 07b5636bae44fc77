import type { Card } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { runMarked } from '../../interactions/failed-read.ts';
import type { Answer } from '../../interactions/interaction.ts';
import type { KeptRequest } from '../../requests/acknowledge-once-kept.ts';
import {
  answerInTime,
  answerLate,
  doneCard,
  type LateAnswering,
  workingCard,
} from '../../requests/answer-in-time.ts';
import { nameCommands } from '../render/command-names.ts';
import type { ListenerContext } from './listener-context.ts';
import { openForm } from './open-form.ts';
import { patience } from './patience.ts';
import { type OpenedView, watchOpened } from './watch-opened.ts';

interface WaysToAnswer {
  /** Lives three seconds, and opens a form within them. */
  triggerId: string;
  /** Answers apart from the acknowledgement. True when the person got it. Never rejects. */
  answerLater: (card: Card) => Promise<boolean>;
}

/** A person in private: nothing where a form or the card that changes is answer enough, unless they were made to wait. */
interface PrivateAnswer {
  card: Card | null;
  late: Card;
}

/** Does the work, and answers the person who asked for it in private and in time. */
export function answerWithCard(
  context: ListenerContext,
  ways: WaysToAnswer & { acknowledge: (card: Card | null) => Promise<void>; kept: KeptRequest },
  work: () => Promise<Answer>,
): Promise<void> {
  const { acknowledge, kept } = ways;
  return answerInTime<PrivateAnswer>(
    {
      ...lateAnswering(context, ways),
      acknowledge: ({ card }) => acknowledge(card),
      acknowledgeLate: () => acknowledge(workingCard),
      kept,
      patience,
    },
    async () => privateAnswer(context, ways.triggerId, await work()),
  );
}

/** The same for a request that was acknowledged before. True when the person heard what came of it. */
export function answerLateWithCard(
  context: ListenerContext,
  ways: WaysToAnswer,
  work: () => Promise<Answer>,
): Promise<boolean> {
  return answerLate<PrivateAnswer>(lateAnswering(context, ways), async () =>
    privateAnswer(context, ways.triggerId, await work()),
  );
}

function lateAnswering(
  { services: { log } }: ListenerContext,
  { answerLater }: WaysToAnswer,
): LateAnswering<PrivateAnswer> {
  return { answerLater: ({ late }) => answerLater(late), tell: answerLater, answerWith: say, log };
}

async function privateAnswer(
  context: ListenerContext,
  triggerId: string,
  answer: Answer,
): Promise<PrivateAnswer> {
  switch (answer.kind) {
    case 'none':
      return { card: null, late: doneCard };
    case 'card':
      return say(nameCommands(answer.card, context.commandNames));
    case 'form': {
      const form = nameCommands(answer.form, context.commandNames);
      // Nothing was done so far, and a form that does not open changes nothing.
      const opening = {
        interactive: context.interactive,
        watch: (opened: Form, view: OpenedView) => watchOpened(context, opened, view),
      };
      const problem = await runMarked({ readsOnly: true }, () => openForm(opening, triggerId, form));
      return problem ? say(problem) : { card: null, late: formOpenCard };
    }
  }
}

function say(card: Card): PrivateAnswer {
  return { card, late: card };
}

const formOpenCard = sentenceCard('The form is open. Fill it in and submit it.');
