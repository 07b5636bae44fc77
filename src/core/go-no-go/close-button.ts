import type { Button } from '../card/card.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import { pollNames } from './poll-words.ts';

/** Ends the voting before its time. */
export function closeButton({ pollId, kind }: { pollId: string; kind: Poll['kind'] }): Button {
  return {
    action: 'close-poll',
    label: 'Close now',
    style: 'primary',
    value: JSON.stringify({ pollId }),
    confirm: {
      title: `Close the ${pollNames[kind]} now?`,
      text: 'Voting ends, and the votes as they are then decide.',
      confirm: 'Close now',
      deny: 'Keep it open',
    },
  };
}
