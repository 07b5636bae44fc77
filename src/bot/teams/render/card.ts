import { type Card, paragraph } from '../../../core/card/card.ts';
import { inlines } from '../../../core/card/line.ts';
import { type Rendering, renderBlocks } from './blocks.ts';
import { type AdaptiveCard, adaptiveCard } from './element.ts';
import { fitBody } from './fit.ts';
import { Mentions } from './inline.ts';
import { teamsLimits } from './limits.ts';

/** What is shown of a card that has nothing to show. */
export const nothingToSay = 'This message has no text.';

/** The card alone, as it takes the place of another. `readers`: the accounts that see something of their own. */
export function renderCard(card: Card, readers: readonly string[] = []): AdaptiveCard {
  const rendering = newRendering();
  const body = renderBlocks(card.blocks, rendering);
  const shown = body.length > 0 ? body : renderBlocks([paragraph(...inlines(card.summary))], rendering);
  const fitted = fitBody(shown.length > 0 ? shown : renderBlocks([paragraph(nothingToSay)], rendering));
  return { ...adaptiveCard(fitted, entitiesIn(fitted, rendering.mentions)), ...refreshFor(readers) };
}

export function newRendering(): Rendering {
  let last = 0;
  return {
    mentions: new Mentions(),
    nextId: () => {
      last += 1;
      return `question-${last}`;
    },
  };
}

/** Teams asks again by itself for so many readers; others see the card of everybody. */
function refreshFor(readers: readonly string[]): object {
  if (readers.length === 0) return {};
  const action = { type: 'Action.Execute', verb: 'refresh', data: { tminus: { refresh: true } } };
  return { refresh: { action, userIds: readers.slice(0, teamsLimits.refreshUsers) } };
}

/** Teams ignores a mention whose text is not there. */
export function entitiesIn(body: readonly object[], { entities }: Mentions): object[] {
  const shown = JSON.stringify(body);
  return entities.filter(({ text }) => shown.includes(JSON.stringify(text).slice(1, -1)));
}
