import type { Message } from '../../../control-api.ts';
import type { Json } from './prepare-card.ts';

/** The Adaptive Cards of a message. */
export function cardsOf({ attachments = [] }: Pick<Message, 'attachments'>): Json[] {
  return attachments
    .filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    .map(({ content }) => content);
}
