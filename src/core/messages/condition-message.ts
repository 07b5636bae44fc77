import { type Card, command, paragraph, request } from '../card/card.ts';
import { line } from '../card/line.ts';
import { ask, type Named } from './mention.ts';

/** What an unmet condition has done, in the sentence that says so. */
const consequences = {
  open: 'The vote counts as a no-go now, unless it is changed before the poll closes.',
  'taken-back':
    'The vote counts as a no-go now, so the go is taken back and the release is no longer approved.',
  over: 'The vote counts as a no-go now. The decision it belonged to is over, so nothing else changes.',
} as const;

/** A condition on which somebody voted go was not met by its deadline. */
export function conditionUnmetMessage(facts: {
  releaseKey: string;
  condition: string;
  /** Who voted. */
  by: string;
  /** Who was to see to it. */
  owner: readonly Named[];
  managers: readonly Named[];
  standing: keyof typeof consequences;
}): Card {
  const { releaseKey, condition, by, owner, managers, standing } = facts;
  const summary = `⛔ ${releaseKey}: the condition of ${by}'s vote was not met`;
  const again = line`finish it, then ask again with ${command('release', `go-no-go ${releaseKey}`)}.`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'quote', content: [{ type: 'text', text: condition }] },
      paragraph(consequences[standing]),
      ...(standing === 'open'
        ? [request(ask(owner, line`finish it, and ask ${by} to vote again.`))]
        : standing === 'taken-back'
          ? [request(ask(managers, again))]
          : []),
    ],
  };
}
