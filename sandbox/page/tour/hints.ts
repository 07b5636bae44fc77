/** The first steps that a newcomer is led through, in order. */
import type { DemoState, Message } from '../../control-api.ts';
import { wordsIn } from '../text/words-in.ts';

export type HintId = 'jump' | 'vote' | 'decide' | 'promote' | 'faulty' | 'rollback';

export interface Hint {
  id: HintId;
  title: string;
  /** Where it happens, and as whom. */
  where: string;
  text: string;
}

/**
 * Where the release stands before its decision. `last`: everybody else has voted; `voted`: only the close is missing;
 * `refused`: it was made, and not everybody voted go.
 */
export type DecisionStage =
  | `check-${'open' | 'last' | 'voted'}`
  | 'ahead'
  | 'open'
  | 'last'
  | 'voted'
  | 'refused';

/** What to do for a decision, at each stage. */
export const decisionTexts: Record<DecisionStage, string> = {
  'check-open': 'So far it is only a check. Let the others vote too, then press Close now on the card.',
  'check-last': 'So far it is only a check. The others have voted: press Go, then Close now on the card.',
  'check-voted': 'So far it is only a check. Everyone has voted: press Close now on the card.',
  ahead: 'The day before go-live, the same six people decide.',
  open: 'Now it counts. Press Go, let the others vote, then press Close now on the card.',
  last: 'Now it counts. The others have voted: press Go, then Close now on the card.',
  voted: 'Everyone has voted. Press Close now on the card.',
  refused: 'The release needs six go votes and did not get them. Press Ask again… on the card, then vote.',
};

export const hints: Hint[] = [
  {
    id: 'jump',
    title: 'Move the clock',
    where: 'Top bar',
    text: 'web-2.4.0 goes live in two weeks. Jump to the next thing on its schedule.',
  },
  {
    id: 'vote',
    title: 'Vote',
    where: '#release-deployment, as Rita',
    text: 'A week before go-live, six roles are asked if they are ready. Press Go on the card.',
  },
  {
    id: 'decide',
    title: 'Get a decision',
    where: '#release-deployment, as Rita',
    text: decisionTexts.ahead,
  },
  {
    id: 'promote',
    title: 'Promote',
    where: '#release-deployment, as Dana',
    text: 'At go-live, press Promote on the live card: 1 % of real traffic goes to the new version.',
  },
  {
    id: 'faulty',
    title: 'Break it',
    where: '#release-deployment, above the messages',
    text: 'Break the new version, and watch: within seconds the card turns red and an alert is posted.',
  },
  {
    id: 'rollback',
    title: 'Roll back',
    where: '#release-deployment, as Emil',
    text: 'Press Roll back… on the card and say why. Seconds later, all traffic is on the old version.',
  },
];

/** The step after the last one that was taken; undefined after all of them. Who took a later one knows the earlier. */
export function nextHint(done: HintId[]): Hint | undefined {
  return hints[hints.findLastIndex(({ id }) => done.includes(id)) + 1];
}

/** Whether a clicked action, by its name, is a vote. */
export function isVote(actionId: string): boolean {
  return /(^|[-_:])vote/.test(actionId);
}

/**
 * The step that a change of the demo service shows to be done, whoever took it. A refused command shows none. A version
 * that was broken before it had traffic shows its failure as soon as it has.
 */
export function hintOfChange(before: DemoState, now: DemoState): HintId | undefined {
  if (now.weight > before.weight) return now.faulty ? 'faulty' : 'promote';
  if (now.weight === 0 && before.weight > 0) return 'rollback';
  return now.faulty && !before.faulty && now.weight > 0 ? 'faulty' : undefined;
}

/** Whether a new message announces that the release is approved. A card that counts votes is edited, not new. */
export function isApproval(message: Message): boolean {
  return message.edits === 0 && /(^|[^-\p{L}])GO(?![-\p{L}])/u.test(wordsIn(message));
}
