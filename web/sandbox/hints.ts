/** The first steps that a newcomer is led through, in order. */

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
    text: 'When the go/no-go card asks, act as each role in turn and press its button.',
  },
  {
    id: 'promote',
    title: 'Promote',
    text: 'At go-live, act as someone who may deploy and send the new version to its first users.',
  },
  {
    id: 'faulty',
    title: 'Break it',
    text: 'Open World and switch the new version faulty. Watch the gate refuse the next promotion.',
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

/** Which step a command or a clicked action belongs to, by its name. */
export function hintOfAct(name: string): HintId | undefined {
  if (/^\/?promote/.test(name)) return 'promote';
  if (/^\/?roll-?back/.test(name)) return 'rollback';
  return /(^|[-_:])vote/.test(name) ? 'vote' : undefined;
}
