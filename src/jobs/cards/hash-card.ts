import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Card } from '../../core/card/card.ts';

/** The same for cards that show the same. */
export function hashCard(card: Card): string {
  return hash(card);
}

/**
 * The same for cards that say the same in one line and offer the same buttons. They may differ in figures, which
 * are worth an edit and no new message.
 */
export function hashGist({ summary, blocks }: Card): string {
  return hash([summary, blocks.filter(({ type }) => type === 'actions')]);
}

function hash(shown: unknown): string {
  const json: Json = JSON.parse(JSON.stringify(shown));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
