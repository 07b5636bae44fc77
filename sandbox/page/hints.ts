/** The first steps that a newcomer is led through, in order. */

import type { DemoState } from '../control-api.ts';

export type HintId = 'act-as' | 'jump' | 'vote' | 'promote' | 'faulty' | 'rollback';

export interface Hint {
  id: HintId;
  title: string;
  text: string;
}

export const hints: Hint[] = [
  {
    id: 'act-as',
    title: 'Pick a person',
    text: 'Choose who you are at the top left, for instance Rita, the release manager.',
  },
  {
    id: 'jump',
    title: 'Move the clock',
    text: 'Press “Jump to next” in the top bar: the next announcement arrives in its channel.',
  },
  {
    id: 'vote',
    title: 'Vote',
    text: 'Jump on until the card in #release-deployment asks. Then press Go as each role that it names.',
  },
  {
    id: 'promote',
    title: 'Promote',
    text: 'The day before go-live all six vote again. At go-live, be Dana and send the new version to its first users.',
  },
  {
    id: 'faulty',
    title: 'Break it',
    text: 'Open World and switch on “New version faulty”. Watch the gate refuse the next promotion.',
  },
  {
    id: 'rollback',
    title: 'Roll back',
    text: 'Bring all traffic back to the old version. One confirmation with a reason, and it is done.',
  },
];

/** The first step not taken yet; undefined when all are. */
export function nextHint(done: HintId[]): Hint | undefined {
  return hints.find((hint) => !done.includes(hint.id));
}

/** Whether a clicked action, by its name, is a vote. */
export function isVote(actionId: string): boolean {
  return /(^|[-_:])vote/.test(actionId);
}

/** The step that a change of the demo service shows to be done, whoever took it. A refused command shows none. */
export function hintOfChange(before: DemoState, now: DemoState): HintId | undefined {
  if (now.weight > before.weight) return 'promote';
  if (now.weight === 0 && before.weight > 0) return 'rollback';
  return now.faulty && !before.faulty ? 'faulty' : undefined;
}
