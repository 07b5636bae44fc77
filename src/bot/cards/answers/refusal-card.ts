import { type Card, paragraph, text } from '../../../core/card/card.ts';
import type { Refusal } from '../../../services/kernel/result.ts';

/** A refusal in words: what, why, and who can. The one place where refusals become messages. */
export function refusalCard(refusal: Refusal): Card {
  const blocks: Card['blocks'] = [paragraph(refusal.message)];
  if (refusal.reasons?.length) {
    blocks.push({ type: 'list', ordered: false, items: refusal.reasons.map((reason) => [text(reason)]) });
  }
  if (refusal.who) blocks.push({ type: 'note', content: [text(`Who can: ${refusal.who}.`)] });
  return { summary: refusal.message, blocks };
}

/** One line as an answer. */
export function sentenceCard(sentence: string): Card {
  return { summary: sentence, blocks: [paragraph(sentence)] };
}
