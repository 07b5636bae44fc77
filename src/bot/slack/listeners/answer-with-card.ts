import type { Card } from '../../../core/card/card.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import type { Answer } from '../../interactions/interaction.ts';
import { nameCommands } from '../render/command-names.ts';
import { type Answering, answerInTime, doneCard, workingCard } from './answer-in-time.ts';
import type { ListenerContext } from './listener-context.ts';
import { openForm } from './open-form.ts';

type WaysToAnswer = Pick<Answering<Card | null>, 'acknowledge'> & {
  /** Lives three seconds, and opens a form within them. */
  triggerId: string;
  answerLater: (card: Card) => Promise<void>;
};

/** A person in private: nothing where a form or the card that changes is answer enough, unless they were made to wait. */
interface PrivateAnswer {
  card: Card | null;
  late: Card;
}

/** Does the work, and answers the person who asked for it in private and in time. */
export function answerWithCard(
  context: ListenerContext,
  { triggerId, acknowledge, answerLater }: WaysToAnswer,
  work: () => Promise<Answer>,
): Promise<void> {
  return answerInTime<PrivateAnswer>(
    {
      acknowledge: ({ card }) => acknowledge(card),
      acknowledgeLate: () => acknowledge(workingCard),
      answerLater: ({ late }) => answerLater(late),
      answerWith: say,
      log: context.services.log,
    },
    async () => privateAnswer(context, triggerId, await work()),
  );
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
      const problem = await openForm(context, triggerId, nameCommands(answer.form, context.commandNames));
      return problem ? say(problem) : { card: null, late: formOpenCard };
    }
  }
}

function say(card: Card): PrivateAnswer {
  return { card, late: card };
}

const formOpenCard = sentenceCard('The form is open. Fill it in and submit it.');
