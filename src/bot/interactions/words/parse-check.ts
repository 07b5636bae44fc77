import { DEFAULT_CHECKLISTS } from '../../../core/readiness/checklists/default-checklists.ts';
import { splitWords } from './split-words.ts';

/** What `/release check` is asked for. A key may be of a release or of a checklist that the plan adds. */
export interface CheckWords {
  mode: 'show' | 'mine' | 'post';
  /** The key of a checklist that every plan may have, or the second of two keys. */
  checklist: string | null;
  /** The first key that is not of a default checklist. */
  named: string | null;
}

const defaultLists = DEFAULT_CHECKLISTS.map(({ key }) => key);

/** `web-2.4.0 technical-validation`, `mine`, `web-2.4.0 post`, in any order. */
export function parseCheck(typed: string): CheckWords {
  const words = splitWords(typed).map((word) => word.toLowerCase());
  const mode = words.includes('post') ? 'post' : words.includes('mine') ? 'mine' : 'show';
  const keys = words.filter((word) => word !== 'post' && word !== 'mine');
  const known = keys.find((key) => defaultLists.includes(key));
  const [named = null, second = null] = keys.filter((key) => key !== known);
  return { mode, checklist: known ?? second, named };
}
