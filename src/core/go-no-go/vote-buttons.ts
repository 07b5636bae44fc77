import type { Button } from '../card/card.ts';

/** The two votes. `value`: the poll, as their actions read it. */
export function voteButtons(value: string): Button[] {
  return [
    { action: 'vote-go', label: 'Go', style: 'primary', value },
    { action: 'vote-no-go', label: 'No-go…', style: 'danger', value },
  ];
}
