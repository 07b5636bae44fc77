import { AUDIENCES, type Audience } from '../plan/audiences.ts';

/** What somebody wants a copy of. */
export interface Wanted {
  /** Null: every audience that is open. */
  audience: Audience | null;
  /** Null: every product. */
  product: string | null;
}

/** What people read of an audience in a list of choices, and what they type: `all hands`, `status page`. */
export function audienceName(audience: Audience): string {
  if (audience === 'itLeadership') return 'IT leadership';
  return audience.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** As it is typed: `support for Web shop`, `everything for Web shop`, `support`. */
export function wantedWords({ audience, product }: Wanted): string {
  const what = audience === null ? 'everything' : audienceName(audience);
  return product === null ? what : `${what} for ${product}`;
}

/** As a sentence has it: `messages for support about Web shop`, `all messages about Web shop`. */
export function wantedPhrase({ audience, product }: Wanted): string {
  const what = audience === null ? 'all messages' : `messages for ${audienceName(audience)}`;
  return product === null ? what : `${what} about ${product}`;
}

/**
 * What was typed: an audience, a product, or an audience for a product. Null: nothing. Whether there is such a product
 * only the releases tell.
 */
export function readWanted(words: string): Wanted | null {
  const typed = words.trim().replace(/\s+/g, ' ');
  if (typed === '') return null;
  const [, what = '', product = ''] = /^(.+?) for (.+)$/i.exec(typed) ?? [];
  const audience = readAudience(what);
  if (audience !== undefined) return { audience, product };
  const alone = readAudience(typed);
  return alone === undefined ? { audience: null, product: typed } : { audience: alone, product: null };
}

/** Undefined: it is none. */
function readAudience(words: string): Audience | null | undefined {
  const squeezed = words.toLowerCase().replace(/[^a-z]/g, '');
  if (['everything', 'all'].includes(squeezed)) return null;
  return AUDIENCES.find((audience) => audience.toLowerCase() === squeezed);
}
