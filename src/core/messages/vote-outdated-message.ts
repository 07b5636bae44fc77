import { listWords } from '../../lib/list-words.ts';
import { type Card, command, note, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { choiceWords, type VoteChoice } from '../go-no-go/vote.ts';
import { voteButtons } from '../go-no-go/vote-buttons.ts';

/** Tells a voter that what they voted on has changed, with the buttons to vote again. */
export function voteOutdatedMessage(facts: {
  releaseKey: string;
  pollId: string;
  round: number;
  choice: VoteChoice;
  /** What has changed, as people call it. */
  changed: readonly string[];
}): Card {
  const { releaseKey, pollId, round, choice, changed } = facts;
  const summary = `${releaseKey}: the plan has changed, please vote again`;
  return {
    summary,
    blocks: [
      paragraph(
        `${summary}. Changed: ${listWords(changed)}. Your vote (${choiceWords[choice]}) was for the plan as it was before, and no longer counts.`,
      ),
      { type: 'actions', buttons: voteButtons({ pollId, round }) },
      note(line`See the plan as it is now with ${command('release', `show ${releaseKey}`)}.`),
    ],
  };
}
