import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import { bold, type Card, command, note, paragraph } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import type { FactChanges, StatedFacts } from '../facts/facts.ts';
import { type PlanPart, partTitles } from '../plan/compare-plans.ts';
import { describeChanges } from './describe-facts.ts';
import { ask, type Named } from './mention.ts';

/** What customers were told that is no longer so, and that only people tell them. */
export interface OldNews {
  /** As people call them: `features`. */
  facts: readonly string[];
  /** Of the messages that told them. */
  titles: readonly string[];
}

/** What a change of the plan did to votes and decisions, and to what customers know. */
export interface EditConsequences {
  /** A go stood and was taken back. */
  goTakenBack: boolean;
  /** The go/no-go was opened again: the plan has no later one. */
  asksAgain: boolean;
  /** Votes of the open poll that don't count any more; null when none is open. */
  votesCleared: number | null;
  /** Null when there is none. */
  oldNews: OldNews | null;
}

/** Tells a release's channel what was changed in its plan, and what that does to votes. */
export function editedMessage(facts: {
  releaseKey: string;
  /** What is no longer as it was, for the readers of the channel. */
  facts: { correct: FactChanges; held: StatedFacts };
  changed: readonly PlanPart[];
  consequences: EditConsequences;
  by: string;
  /** Who decides what customers hear. */
  managers: readonly Named[];
}): Card {
  const { releaseKey, changed, consequences, by, managers } = facts;
  const summary = `${releaseKey}: the plan was changed`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(bold('Changed: '), `${listWords(changed.map((part) => partTitles[part]))}. By ${by}.`),
      ...describeChanges(facts.facts),
      ...describeDecision(releaseKey, consequences).map((one) => paragraph(one)),
      ...describeOldNews(releaseKey, consequences, managers).map((one) => paragraph(one)),
      note(line`See everything with ${command('release', `show ${releaseKey}`)}.`),
    ],
  };
}

/** What a change does to votes, decisions and what customers know, in sentences; none when it does nothing. */
export function describeConsequences(releaseKey: string, consequences: EditConsequences): Line[] {
  return [...describeDecision(releaseKey, consequences), ...describeOldNews(releaseKey, consequences)];
}

function describeOldNews(
  releaseKey: string,
  { oldNews }: EditConsequences,
  managers: readonly Named[] = [],
): Line[] {
  if (oldNews === null) return [];
  const { facts, titles } = oldNews;
  const known = command('release', `who-knows ${releaseKey}`);
  const where = listWords(titles.map((title) => `“${title}”`));
  const request = line`customers were told the old ${listWords(facts)} in ${where}. I won't correct that without approval: tell them if they need to know. ${known} shows who was told what.`;
  return [ask(managers, request)];
}

function describeDecision(
  releaseKey: string,
  { goTakenBack, votesCleared, asksAgain }: EditConsequences,
): Line[] {
  const again = command('release', `go-no-go ${releaseKey}`);
  return [
    ...(asksAgain
      ? ['The go decision no longer applies, because the plan has changed. The go/no-go is open again.']
      : []),
    ...(goTakenBack && !asksAgain
      ? [
          line`The go decision no longer applies, because the plan has changed. The next poll asks for it again; to ask now, use ${again}.`,
        ]
      : []),
    ...(votesCleared === null || votesCleared === 0
      ? []
      : [
          `${countWords(votesCleared, 'vote')} in the open poll no longer ${votesCleared === 1 ? 'counts' : 'count'}, because the plan has changed. Please vote again.`,
        ]),
  ];
}
