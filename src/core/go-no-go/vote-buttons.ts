import type { Button } from '../card/card.ts';

/** The votes that there are. A button from before the plan changed names an earlier round, and is refused. */
export function voteButtons({ pollId, round }: { pollId: string; round: number }): Button[] {
  const value = JSON.stringify(round > 1 ? { pollId, round } : { pollId });
  return [
    { action: 'vote-go', label: 'Go', style: 'primary', value },
    { action: 'vote-no-go', label: 'No-go…', style: 'danger', value },
    { action: 'vote-conditional', label: 'Go if…', value },
    { action: 'vote-abstain', label: 'Abstain…', value },
  ];
}
