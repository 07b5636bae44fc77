import type { Message, Person } from '../../../control-api.ts';
import { cardsOf } from './cards-of.ts';
import { isJson, type Json } from './prepare-card.ts';

/** Whether a message has something for this reader alone: its `refresh` names them. */
export function isReaderOf(message: Pick<Message, 'attachments'>, reader: Person): boolean {
  return cardsOf(message).some((card) => isRefreshedFor(card, reader));
}

function isRefreshedFor({ refresh }: Json, { id, mri }: Person): boolean {
  const names = isJson(refresh) && Array.isArray(refresh.userIds) ? refresh.userIds : [];
  return names.some((name) => name === id || name === mri || name === `8:orgid:${id}`);
}
