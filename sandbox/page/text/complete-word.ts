/** Completion of the word that is being typed: `@` people, `#` channels, `:` emoji. */
import type { Workspace } from '../../control-api.ts';
import type { Suggestion } from './complete-command.ts';
import { EMOJI } from './emoji.ts';

/** How many are offered at once. */
const MOST = 8;

const BROADCASTS: [string, string][] = [
  ['here', 'Everybody who is here'],
  ['channel', 'Everybody in this channel'],
];

/** What the word before the caret could become; empty when it begins with none of the three. */
export function suggestWords(
  draft: string,
  caret: number,
  workspace: Pick<Workspace, 'people' | 'channels'>,
): Suggestion[] {
  const match = /(?:^|\s)([@#:])([\p{L}\p{N}._+-]*)$/u.exec(draft.slice(0, caret));
  const [, mark, typed = ''] = match ?? [];
  // A colon alone ends a sentence more often than it begins an emoji.
  if (!mark || (mark === ':' && typed.length < 2)) return [];
  const from = caret - typed.length - 1;
  const wanted = typed.toLowerCase();
  return candidates(mark, workspace)
    .filter(({ word, description }) => [word, ...description.split(' ')].some((part) => starts(part, wanted)))
    .slice(0, MOST)
    .map(({ word, description, becomes }) => ({
      kind: 'word' as const,
      insert: `${draft.slice(0, from)}${becomes} ${draft.slice(caret)}`,
      label: mark === ':' ? `${becomes} :${word}:` : `${mark}${word}`,
      hint: '',
      description,
    }));
}

interface Candidate {
  word: string;
  description: string;
  becomes: string;
}

function candidates(mark: string, { people, channels }: Pick<Workspace, 'people' | 'channels'>): Candidate[] {
  if (mark === ':') {
    return Object.entries(EMOJI).map(([word, becomes]) => ({ word, description: '', becomes }));
  }
  if (mark === '#') {
    const named = channels.filter(({ kind }) => kind === 'channel');
    return named.map(({ name, topic }) => ({ word: name, description: topic, becomes: `#${name}` }));
  }
  return [
    ...people.map(({ name, realName, title }) => ({ name, description: `${realName} · ${title}` })),
    ...BROADCASTS.map(([name, description]) => ({ name, description })),
  ].map(({ name, description }) => ({ word: name, description, becomes: `@${name}` }));
}

function starts(part: string, wanted: string): boolean {
  return part.toLowerCase().startsWith(wanted);
}
