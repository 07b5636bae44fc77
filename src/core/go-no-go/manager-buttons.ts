import type { Button } from '../card/card.ts';

/** Has everybody reminded who has not voted. */
export function remindButton(releaseKey: string): Button {
  return { action: 'remind-voters', label: 'Remind', value: JSON.stringify({ releaseKey }) };
}

/** Asks for the decision once more, after one confirmation. */
export function askAgainButton(releaseKey: string): Button {
  return { action: 'ask-again', label: 'Ask again…', value: JSON.stringify({ releaseKey }) };
}

/** Moves go-live, in a form. */
export function moveDateButton(releaseKey: string): Button {
  return { action: 'reschedule-release', label: 'Move date…', value: JSON.stringify({ releaseKey }) };
}
