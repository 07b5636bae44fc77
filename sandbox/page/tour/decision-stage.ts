import type { Message } from '../../control-api.ts';
import { findCard } from '../store/find-card.ts';
import type { PageState } from '../store/state.ts';
import { othersHaveVoted } from '../store/votes.ts';
import { partsIn } from '../text/words-in.ts';
import type { DecisionStage } from './hints.ts';

/** Where the release stands, as the open votes and the schedule show it. */
export function decisionStage(
  state: Pick<PageState, 'messages' | 'workspace' | 'agenda' | 'actor'>,
): DecisionStage {
  const isAhead = state.agenda.some(({ kind }) => kind === 'poll');
  const card = findCard(state, 'vote-go');
  if (!card) return isAhead ? 'ahead' : 'refused';
  const votes = everybodyHasVoted(card) ? 'voted' : othersHaveVoted(card, state.actor) ? 'last' : 'open';
  return isAhead ? `check-${votes}` : votes;
}

/** As the card says: `6 of 6 voted`. */
function everybodyHasVoted(card: Message): boolean {
  return /(?<!\d)(\d+) of \1 voted/.test([card.text, ...partsIn(card)].join(' '));
}
