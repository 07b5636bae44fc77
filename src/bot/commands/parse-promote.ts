import type { PromotionTarget } from '../../core/rollout/decide-promotion.ts';

export type ParsedPromote =
  | { ok: true; releaseKey: string | null; target: PromotionTarget }
  | { ok: false; message: string };

/** Reads `/promote [release] [to] [next | full | 10%]`. */
export function parsePromote(words: string): ParsedPromote {
  const parts = words
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '' && part.toLowerCase() !== 'to');
  let releaseKey: string | null = null;
  let target: PromotionTarget | null = null;
  for (const part of parts) {
    const read = readTarget(part);
    if (read !== null && target === null) target = read;
    else if (read === null && releaseKey === null) releaseKey = part.toLowerCase();
    else
      return { ok: false, message: `I don't understand "${part}". Use: /promote web-2.4.0 [to 10% | full].` };
  }
  return { ok: true, releaseKey, target: target ?? 'next' };
}

function readTarget(part: string): PromotionTarget | null {
  const word = part.toLowerCase();
  if (word === 'next') return 'next';
  if (word === 'full') return 'full';
  const share = /^(\d{1,3}(?:\.\d{1,3})?)%?$/.exec(word);
  return share ? Number(share[1]) : null;
}
