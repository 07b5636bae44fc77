import { type Card, command, type Inline, paragraph, request, text } from '../card/card.ts';
import { type Line, line } from '../card/line.ts';
import { ask, type Named } from './mention.ts';

/** What is said of a product that is locked. */
interface LockFacts {
  product: string;
  releaseKey: string;
  reason: string;
  owner: Named;
}

/** To whoever owns a lock: what it holds, and what they have to do. */
export function lockOwnerMessage({ product, releaseKey, reason }: LockFacts): Card {
  const summary = `🔒 ${product} is locked, and you own the lock`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'quote', content: [text(reason)] },
      paragraph(
        'Until it is unlocked, nothing of it is promoted, no go-live is planned or moved, and nobody but you is reminded of its releases.',
      ),
      paragraph(unlockWords(releaseKey)),
    ],
  };
}

/** To the same, once a day. `since`: from when on. */
export function lockReminder({ product, releaseKey, reason, since }: LockFacts & { since: Inline }): Card {
  const summary = `🔒 ${product} is still locked`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(line`Since ${since}. You own the lock:`),
      { type: 'quote', content: [text(reason)] },
      paragraph(unlockWords(releaseKey)),
    ],
  };
}

function unlockWords(releaseKey: string): Line {
  return line`Once it is safe to go on, unlock it with ${command('release', `unlock ${releaseKey}`)}. To say more, or to give it to somebody else: ${command('release', `lock ${releaseKey}`)}.`;
}

/** To the release's channel: somebody has locked the product, or changed the lock. */
export function lockedMessage({
  product,
  reason,
  owner,
  by,
  isNew,
}: LockFacts & { by: string; isNew: boolean }): Card {
  const summary = isNew ? `🔒 ${product} is locked` : `🔒 ${product}: the lock was changed`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'quote', content: [text(reason)] },
      paragraph(`${isNew ? 'Locked' : 'Changed'} by ${by}. Nothing of it goes live until it is unlocked.`),
      request(ask([owner], 'you own the lock. Unlock it once it is safe to go on.')),
    ],
  };
}

/** To the same: releases go on. */
export function unlockedMessage({ product, by }: { product: string; by: string }): Card {
  const summary = `🔓 ${product} is unlocked`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      paragraph(`By ${by}. Its releases can be promoted, planned and moved again.`),
    ],
  };
}
