import type { Card } from './card.ts';
import type { Form } from './form.ts';

/** A card with a form in it, for a platform where a command can't open one. */
export interface FormCard extends Card {
  form: Form;
}

/** Where a platform does not know forms in cards, the card says only which form it is. */
export function formCard(form: Form): FormCard {
  return { summary: form.title, blocks: [{ type: 'header', text: form.title }], form };
}

export function isFormCard(card: Card): card is FormCard {
  return 'form' in card;
}
