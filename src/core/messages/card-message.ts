import { listWords } from '../../lib/list-words.ts';
import { type Card, command, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';

/** What the release manager is told when live cards can't be edited until somebody fixes their place. */
export function closedCardMessage(closed: { releaseKey: string; place: string; reason: string }): Card {
  const { releaseKey, place, reason } = closed;
  const summary = `${releaseKey}: the card in ${place} can't be updated`;
  const status = command('release', `status ${releaseKey}`);
  return {
    summary,
    blocks: [
      paragraph(`${summary}. ${reason}`),
      paragraph(line`Once that is fixed, the card catches up by itself. Until then, use ${status}.`),
    ],
  };
}

/** What the release manager is told when a channel refuses what a live card has to show. */
export function refusedCardMessage(refused: {
  releaseKey: string;
  place: string;
  reason: string;
  /** The subcommand of `/release` that shows the same. */
  insteadOf: 'show' | 'status';
}): Card {
  const { releaseKey, place, reason, insteadOf } = refused;
  const summary = `${releaseKey}: the card in ${place} is out of date`;
  const ask = command('release', `${insteadOf} ${releaseKey}`);
  return {
    summary,
    blocks: [
      paragraph(`${summary}. ${reason}`),
      paragraph(line`tminus tries to update it with every change. Until that works, use ${ask}.`),
    ],
  };
}

/** What a live card shows at a place that the plan no longer names for it. */
export function movedCardMessage(moved: {
  releaseKey: string;
  kind: 'poll' | 'rollout';
  places: readonly string[];
}): Card {
  const { releaseKey, kind, places } = moved;
  const what = kind === 'poll' ? 'go/no-go' : 'rollout';
  const summary = `The ${what} card of ${releaseKey} has moved to ${listWords(places)}`;
  const ask = command('release', `${kind === 'poll' ? 'show' : 'status'} ${releaseKey}`);
  return { summary, blocks: [paragraph(line`${summary}. To see the current state, use ${ask}.`)] };
}

/** What is said below a card that can't be edited any more. `url`: where the new one is, if that is known. */
export function replacedCardMessage(url: string | null): Card {
  const summary = 'This card is out of date';
  const text = `${summary} and can't be updated any more. `;
  if (url === null) return { summary, blocks: [paragraph(`${text}The current one is further down.`)] };
  return { summary, blocks: [paragraph(text, { type: 'link', url, text: 'See the current one' }, '.')] };
}
