import type { Activity } from 'botbuilder';
import type { Card } from '../../../core/card/card.ts';
import { isFormCard } from '../../../core/card/form-card.ts';
import { nothingToSay, renderCard } from './card.ts';
import { inertLine } from './escape.ts';
import { type PersonChoice, renderForm } from './form.ts';
import { teamsLimits } from './limits.ts';
import { firstLine } from './plain.ts';

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** Whom a card concerns by themselves. */
export interface DrawnFor {
  /** Who can be chosen in a form. */
  people?: readonly PersonChoice[];
  /** The accounts of those who see something of their own. */
  readers?: readonly string[];
}

/** Any card as one message within Teams' limits. Never throws; what doesn't fit is marked as shortened. */
export function renderMessage(card: Card, { people = [], readers = [] }: DrawnFor = {}): Partial<Activity> {
  const content = isFormCard(card)
    ? renderForm(card.form, { people, place: 'message' })
    : renderCard(card, readers);
  return {
    type: 'message',
    // What a notification says; the card has no text of its own for it.
    summary: inertLine(firstLine(card), teamsLimits.summary) || nothingToSay,
    attachments: [{ contentType: cardType, content }],
  };
}
