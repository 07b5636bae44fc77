import { type Channel, hasAction, type Message } from '../../control-api.ts';
import { hasButton } from '../teams/cards/card-acts.ts';
import { cardsOf } from '../teams/cards/cards-of.ts';
import { compareTs } from './messages.ts';
import type { PageState } from './state.ts';

/** Whether a message has a button of this action, on either platform. */
export function offers(message: Message, actionId: string): boolean {
  return hasAction(message, actionId) || cardsOf(message).some((card) => hasButton(card, actionId));
}

/** The newest message that everybody sees with a button of this action; undefined when there is none. */
export function findCard(
  { messages, workspace }: Pick<PageState, 'messages' | 'workspace'>,
  actionId: string,
): Message | undefined {
  const channels = workspace?.channels.filter(({ kind }) => kind === 'channel') ?? [];
  return channels
    .flatMap(({ id }) => messages[id] ?? [])
    .filter((message) => message.onlyFor === undefined && offers(message, actionId))
    .sort((left, right) => compareTs(left.ts, right.ts))
    .at(-1);
}

/** The live card of the rollout, or an alert about it. */
export function findRollout(state: Pick<PageState, 'messages' | 'workspace'>): Message | undefined {
  return findCard(state, 'roll-back') ?? findCard(state, 'promote');
}

/** Whether a channel is where the rollout shows. Once it is over, its card has no button left to tell it by. */
export function hasRollout(state: PageState, { id }: Channel): boolean {
  const card = findRollout(state);
  if (card) return card.channel === id;
  const first = state.workspace?.channels.find(({ kind }) => kind === 'channel');
  return (state.demo?.candidate.requests ?? 0) > 0 && first?.id === id;
}
