import { type Card, note, paragraph } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import type { Refusal } from '../../../services/kernel/result.ts';

/** A refusal in words: what, why, and who can. The one place where refusals become messages. */
export function refusalCard(refusal: Refusal): Card {
  const blocks: Card['blocks'] = [paragraph(refusal.message)];
  if (refusal.reasons?.length) {
    blocks.push({ type: 'list', ordered: false, items: refusal.reasons.map(inlines) });
  }
  if (refusal.who) blocks.push(note(line`Who can: ${refusal.who}.`));
  if (refusal.hint) blocks.push(note(refusal.hint));
  return { summary: refusal.message, blocks };
}

/** A sentence or two as an answer. */
export function sentenceCard(sentence: Line): Card {
  return { summary: sentence, blocks: [paragraph(sentence)] };
}
