import { type Card, note } from '../card/card.ts';

const again = note("I don't know whether this reached you, so here it is again.");

/** What may not have reached the one person whom it was for, said again. Null: a live card, which they ask for. */
export function repeatedMessage(content: Card | null): Card {
  if (content === null) {
    const summary = "What you asked for may not have arrived. If you can't see it above, please ask again.";
    return { summary, blocks: [note(summary)] };
  }
  return { ...content, blocks: [again, ...content.blocks] };
}
