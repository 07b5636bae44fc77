import type { Button } from '../card/card.ts';

/** Has everybody reminded who has not voted. */
export function remindButton(releaseKey: string): Button {
  return { action: 'remind-voters', label: 'Remind', value: JSON.stringify({ releaseKey }) };
}

/** Asks for the decision once more, after one confirmation. */
export function askAgainButton(releaseKey: string): Button {
  return { action: 'ask-again', label: 'Ask again…', value: JSON.stringify({ releaseKey }) };
}

/** Gives a go against the votes, in a form that asks why. */
export function overrideButton(releaseKey: string): Button {
  return { action: 'override-decision', label: 'Override…', value: JSON.stringify({ releaseKey }) };
}

/** Signs a go off, in a form that has the release's key typed. */
export function signOffButton(releaseKey: string): Button {
  return { action: 'sign-off', label: 'Sign off…', style: 'primary', value: JSON.stringify({ releaseKey }) };
}

/** Moves go-live, in a form. */
export function moveDateButton(releaseKey: string): Button {
  return { action: 'reschedule-release', label: 'Move date…', value: JSON.stringify({ releaseKey }) };
}
