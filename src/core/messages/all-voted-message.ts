import { listWords } from '../../lib/list-words.ts';
import { type Block, type Card, type Inline, paragraph, request } from '../card/card.ts';
import { line } from '../card/line.ts';
import { closeButton } from '../go-no-go/close-button.ts';
import type { PollTally } from '../go-no-go/decide-poll.ts';
import type { PollPolicy } from '../go-no-go/poll-policy.ts';
import { pollNames } from '../go-no-go/poll-words.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import { ask, type Named } from './mention.ts';

/** Everybody has voted: whoever closes the poll need not wait. */
export function allVotedMessage(voted: {
  releaseKey: string;
  pollId: string;
  kind: Poll['kind'];
  /** The release has a go already. */
  goStands: boolean;
  policy: PollPolicy;
  tally: PollTally;
  closes: Inline;
  /** Null while the release is paused, so that nobody can close it. */
  mayClose: readonly Named[] | null;
}): Card {
  const { releaseKey, pollId, kind, goStands, policy, tally, closes, mayClose } = voted;
  const against = listWords([...new Set(tally.against.map(({ personName }) => personName))]);
  const count = tally.byRole.length;
  const isPlain = tally.byRole.every(({ vote }) => vote?.choice === 'go');
  const objections = against === '' ? 'not enough of them go' : `no-go by ${against}`;
  const outcome = isPlain
    ? `all ${count} voted go`
    : tally.outcome === 'go'
      ? `all ${count} have voted, and it's a go`
      : `all ${count} have voted, ${objections}`;
  const summary = `${releaseKey}: ${outcome}`;
  const otherwise =
    tally.outcome === 'go'
      ? line`close the ${pollNames[kind]} now, or it closes ${closes}.`
      : line`close the ${pollNames[kind]} now, or settle the no-go first: votes can change until the poll closes ${closes}.`;
  const buttons: Block[] = mayClose
    ? [
        {
          type: 'actions',
          buttons: [{ ...closeButton({ pollId, kind, goStands, policy }), style: 'primary' }],
        },
      ]
    : [];
  return {
    summary,
    blocks: [
      paragraph(`${summary}.`),
      mayClose ? request(ask(mayClose, otherwise)) : paragraph('The release is paused; voting stays open.'),
      ...buttons,
    ],
  };
}
