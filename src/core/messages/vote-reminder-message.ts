import { listWords } from '../../lib/list-words.ts';
import { type Card, type Inline, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { PollPolicy } from '../go-no-go/poll-policy.ts';
import { pollNames } from '../go-no-go/poll-words.ts';
import { silenceSentence } from '../go-no-go/silence-words.ts';
import { voteButtons } from '../go-no-go/vote-buttons.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';
import { mentions, type Named } from './mention.ts';

/** Asks somebody who has not voted once more, with what happens if they don't. */
export function voteReminderMessage(asked: {
  releaseKey: string;
  /** `Web shop 2.4.0`. */
  title: string;
  /** What the release is about, as its plan says. */
  about: string;
  pollId: string;
  /** How often the poll was opened. */
  round: number;
  kind: Poll['kind'];
  goStands: boolean;
  policy: PollPolicy;
  voter: Named;
  roles: readonly RoleName[];
  closes: Inline;
  /** Who is asked next, and when; null when nobody is, or they have been asked already. */
  next: { backups: readonly string[]; at: Inline } | null;
}): Card {
  const { releaseKey, title, about, pollId, round, kind, voter, roles, closes, next } = asked;
  const name = pollNames[kind];
  const summary = `${releaseKey}: your vote as ${listWords(roles.map(roleTitle))} is still missing`;
  const backup = next
    ? line` If you haven't voted by ${next.at}, I'll ask ${listWords(next.backups)}, too.`
    : '';
  return {
    summary,
    blocks: [
      paragraph(
        line`${mentions([voter])}, your vote as ${listWords(roles.map(roleTitle))} is still missing in the ${name} of ${title}.`,
      ),
      { type: 'quote', content: [{ type: 'text', text: about }] },
      paragraph(line`It closes ${closes}. ${silenceSentence(asked)}${backup}`),
      { type: 'actions', buttons: voteButtons({ pollId, round }) },
    ],
  };
}
