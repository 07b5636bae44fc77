import type { ModalView } from '@slack/types';
import type { Card } from '../../../core/card/card.ts';
import { content, modal } from '../render/modal.ts';

/** A window that only tells something. */
export function answerView(title: string, card: Card): ModalView {
  return modal({ callbackId: 'answer', title, close: 'Close', blocks: content(...card.blocks) });
}
