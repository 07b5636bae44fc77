import { anchorText } from '../audit/anchor.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { type Card, note, paragraph } from '../card/card.ts';

/** What a posted checkpoint is called in the outbox. */
export const anchorSubject = 'audit-anchor';

/** The latest checkpoint of the trail, to be kept where the database is not. */
export function anchorMessage(checkpoint: Checkpoint): Card {
  const anchor = anchorText(checkpoint);
  return {
    summary: anchor,
    blocks: [
      paragraph(anchor),
      note(
        'Keep this line. "tminus audit verify --anchor" finds it in the trail, or says that the trail was set back.',
      ),
    ],
  };
}
