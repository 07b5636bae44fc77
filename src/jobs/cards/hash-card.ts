import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Card } from '../../core/card/card.ts';

/** The same for cards that show the same. */
export function hashCard(card: Card): string {
  const shown: Json = JSON.parse(JSON.stringify(card));
  return createHash('sha256').update(canonicalJson(shown)).digest('hex');
}
