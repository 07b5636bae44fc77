import type { Card } from '../../../core/card/card.ts';
import type { Answer } from '../../interactions/interaction.ts';
import { nameCommands } from '../render/command-names.ts';
import type { ListenerContext } from './listener-context.ts';
import { openForm } from './open-form.ts';

/** The card with which to answer somebody in private; null where a form or the card that changes is answer enough. */
export async function cardOfAnswer(
  context: Pick<ListenerContext, 'interactive' | 'commandNames'>,
  triggerId: string,
  answer: Answer,
): Promise<Card | null> {
  switch (answer.kind) {
    case 'none':
      return null;
    case 'card':
      return nameCommands(answer.card, context.commandNames);
    case 'form':
      return openForm(context, triggerId, nameCommands(answer.form, context.commandNames));
  }
}
