import type { NamedSubject } from '../../../services/permissions/find-subject.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

/** An address, also as the link that Slack makes of one. */
const address = /^(?:<mailto:)?([^\s<>|@]+@[^\s<>|@]+\.[^\s<>|@]+)(?:\|[^<>]*>)?$/i;

/** Reads `[@person | e-mail address] [release]`, in any order. What is neither is the person's name. */
export function parseCan(typed: string): { named: NamedSubject; releaseKey: string | null } {
  const words = splitWords(typed);
  const email = words.map((word) => address.exec(word)?.[1]).find((found) => found !== undefined);
  const others = words.filter((word) => !address.test(word));
  const at = others.findLastIndex((word) => !word.startsWith('@') && isReleaseKey(word));
  const releaseKey = others[at]?.toLowerCase() ?? null;
  const name = others.filter((_, index) => index !== at).join(' ');
  if (email !== undefined) return { named: { email: email.toLowerCase() }, releaseKey };
  return { named: name === '' ? null : { name }, releaseKey };
}
