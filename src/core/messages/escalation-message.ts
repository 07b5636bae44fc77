import { listWords } from '../../lib/list-words.ts';
import { type Card, command, type Inline, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import { pollNames } from '../go-no-go/poll-words.ts';
import { voteButtons } from '../go-no-go/vote-buttons.ts';
import type { Poll } from '../plan/go-no-go-schema.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** A role whose holder has not voted. */
interface Unanswered {
  role: RoleName;
  holder: string;
}

interface AskedPoll {
  releaseKey: string;
  kind: Poll['kind'];
  closes: Inline;
}

/** Asks a backup who has a ballot already: an edit of it would not be noticed. */
export function escalationMessage(
  asked: AskedPoll & {
    pollId: string;
    /** How often the poll was opened. */
    round: number;
    roles: readonly Unanswered[];
  },
): Card {
  const { releaseKey, kind, closes, pollId, round, roles } = asked;
  const titles = listWords(roles.map(({ role }) => roleTitle(role)));
  const summary = `${releaseKey}: your vote is needed as ${titles}, too`;
  return {
    summary,
    blocks: [
      paragraph(
        line`${summary}. You are the backup of ${listNames(roles)}, who ${hasNotVoted(roles)} in the ${pollNames[kind]}. It closes ${closes}. Your vote counts for each of your roles, and for those you stand in for.`,
      ),
      { type: 'actions', buttons: voteButtons({ pollId, round }) },
    ],
  };
}

/** Names to the release manager the roles that have not voted and that nobody else can vote for. */
export function unansweredMessage(asked: AskedPoll & { roles: readonly Unanswered[] }): Card {
  const { releaseKey, kind, closes, roles } = asked;
  const summary = `${releaseKey}: no vote yet from ${listNames(roles)}`;
  const [first] = roles;
  const title = first ? roleTitle(first.role) : '';
  const named = listWords(roles.map(({ role, holder }) => `${holder} (${roleTitle(role)})`));
  return {
    summary,
    blocks: [
      paragraph(
        line`${releaseKey}: ${named} ${hasNotVoted(roles)} in the ${pollNames[kind]}, and there is no backup to ask. It closes ${closes}.`,
      ),
      paragraph(
        line`Remind them, or name somebody else with ${command('release', `reassign ${releaseKey} ${title}`)}.`,
      ),
    ],
  };
}

function listNames(roles: readonly Unanswered[]): string {
  return listWords([...new Set(roles.map(({ holder }) => holder))]);
}

function hasNotVoted(roles: readonly Unanswered[]): string {
  return new Set(roles.map(({ holder }) => holder)).size === 1 ? 'has not voted' : 'have not voted';
}
