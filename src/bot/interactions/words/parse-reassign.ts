import { type Line, line } from '../../../core/card/line.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

export type ParsedReassign =
  /** What was typed of `[release] [role] [e-mail]`; null for what was not. */
  | { ok: true; releaseKey: string | null; role: RoleName | null; email: string | null }
  | { ok: false; message: Line };

/** What makes an address of a word. */
const emailShape = /.@.+\../;
/** The longest address that can be delivered to (RFC 5321, 4.5.3.1). */
const longestEmail = 254;
/** Slack writes an address that was typed as a link. */
const linkedEmail = /<mailto:([^<>|\s]*)(?:\|[^<>]*)?>/gi;

/** Words that people write around the ones that matter. */
const fillers = ['to', 'the', 'of', 'for', 'in', 'please'];

/** Reads the words in any order; a role may be typed as its title or without its last word: `qa lead`, `QA`. What is not understood is named. */
export function parseReassign(typed: string): ParsedReassign {
  const unlinked = typed.replace(linkedEmail, ' $1 ');
  const email = findEmail(unlinked);
  const words = splitWords(email === null ? unlinked : unlinked.replace(email, ' '))
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.includes(word.toLowerCase()))
    .flatMap(roleWords);
  const named = findRole(words);
  const rest = words.filter((_, index) => !named?.at.includes(index));
  const key = rest.findIndex(isReleaseKey);
  const [unknown] = rest.filter((_, index) => index !== key);
  if (unknown !== undefined) return { ok: false, message: line`I don't understand "${unknown}".` };
  const releaseKey = rest[key]?.toLowerCase() ?? null;
  return { ok: true, releaseKey, role: named?.role ?? null, email: email?.toLowerCase() ?? null };
}

/** The first word that is an address; a word that is too long to be one is not looked at, since that takes time. */
function findEmail(text: string): string | null {
  const words = text.split(/[\s<>|:]+/);
  return words.find((word) => word.length <= longestEmail && emailShape.test(word)) ?? null;
}

/** A role's name or title in one word, as in `qa_lead`, is taken apart. */
function roleWords(word: string): string[] {
  const apart = word.toLowerCase().split(/[_-]/);
  return ROLE_NAMES.some((role) => role === apart.join('_')) ? apart : [word];
}

/** A role by its title, else by the title's first word, and the places of its words. */
function findRole(words: readonly string[]): { role: RoleName; at: number[] } | null {
  const titles = ROLE_NAMES.map((role) => ({ role, title: roleTitle(role).toLowerCase().split(' ') }));
  const spellings = [...titles, ...titles.map(({ role, title }) => ({ role, title: title.slice(0, 1) }))];
  for (const { role, title } of spellings) {
    const start = words.findIndex((_, index) =>
      title.every((part, offset) => words[index + offset]?.toLowerCase() === part),
    );
    if (start >= 0) return { role, at: title.map((_, offset) => start + offset) };
  }
  return null;
}
