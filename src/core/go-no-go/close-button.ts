import type { Button, Confirmation } from '../card/card.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import type { PollPolicy } from './poll-policy.ts';
import { pollNames } from './poll-words.ts';

/** Ends the voting before its time. `goStands`: the release has a go already. */
export function closeButton({
  pollId,
  kind,
  goStands,
  policy,
}: {
  pollId: string;
  kind: Poll['kind'];
  goStands: boolean;
  policy: PollPolicy;
}): Button {
  const value = JSON.stringify({ pollId });
  return {
    action: 'close-poll',
    label: 'Close now',
    value,
    confirm: closing(kind, goStands, policy),
  };
}

function closing(kind: Poll['kind'], goStands: boolean, policy: PollPolicy): Confirmation {
  if (goStands && kind === 'decision') {
    return {
      title: 'Close the go/no-go now?',
      text: 'Voting ends. The release keeps its earlier go unless somebody has voted no-go.',
      confirm: 'Close now',
      deny: 'Keep it open',
    };
  }
  const passed = kind === 'decision' ? 'The release is approved' : 'The check passes';
  const needs =
    policy.rule === 'unanimous'
      ? 'every role has voted go: one no-go or missing vote blocks it'
      : 'enough roles have voted go, as the card says';
  const keepsGo = goStands ? ' The release keeps its go either way.' : '';
  return {
    title: `Close the ${pollNames[kind]} now?`,
    text: `Voting ends. ${passed} only if ${needs}.${keepsGo}`,
    confirm: 'Close now',
    deny: 'Keep it open',
  };
}
