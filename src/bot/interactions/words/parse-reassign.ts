import { ROLE_NAMES, type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/** What was typed of `[release] [role] [e-mail]`; null for what was not. */
export interface ParsedReassign {
  releaseKey: string | null;
  role: RoleName | null;
  email: string | null;
}

const emailShape = /[^\s<>|:]+@[^\s<>|:]+\.[^\s<>|:]+/;

/** Reads the words in any order; a role may be typed as its title or without its last word: `qa lead`, `QA`. */
export function parseReassign(typed: string): ParsedReassign {
  const email = emailShape.exec(typed)?.[0] ?? null;
  const words = splitWords(email === null ? typed : typed.replace(email, ' '));
  const role = findRole(words.join(' ').toLowerCase().replaceAll('_', ' '));
  const named = words.find((word) => isReleaseKey(word) && !/^[a-z]+-[a-z]+$/i.test(word));
  return { releaseKey: named?.toLowerCase() ?? null, role, email: email?.toLowerCase() ?? null };
}

function findRole(text: string): RoleName | null {
  const isNamed = (name: string) => new RegExp(`(?:^|\\s)${name}(?:\\s|$)`).test(text);
  const byTitle = ROLE_NAMES.find((role) => isNamed(roleTitle(role).toLowerCase()));
  return byTitle ?? ROLE_NAMES.find((role) => isNamed(role.split('_')[0] ?? role)) ?? null;
}
