import { findCard } from '../store/find-card.ts';
import type { PageState } from '../store/state.ts';
import type { DecisionStage } from './hints.ts';

/** Where the release stands, as the open votes and the schedule show it. */
export function decisionStage(state: Pick<PageState, 'messages' | 'workspace' | 'agenda'>): DecisionStage {
  const isAhead = state.agenda.some(({ kind }) => kind === 'poll');
  if (findCard(state, 'vote-go')) return isAhead ? 'check-open' : 'open';
  return isAhead ? 'ahead' : 'refused';
}
