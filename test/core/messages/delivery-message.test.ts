import { expect, it } from 'vitest';
import { type Card, paragraph } from '../../../src/core/card/card.ts';
import {
  failedDeliveryMessage,
  unknownDeliveryMessage,
} from '../../../src/core/messages/delivery-message.ts';

const content: Card = {
  summary: 'Ready?',
  blocks: [
    paragraph('Please test by Monday.'),
    { type: 'actions', buttons: [{ action: 'vote-go', label: 'Go', value: '{}' }] },
  ],
};
const deliveryId = '00000000-0000-4000-8000-000000000007';
const given = { releaseKey: 'shop-2.4.0', place: '#support', subject: 'communication', deliveryId };

it('says what was not delivered with its text, why in one sentence, and offers to send it again', () => {
  for (const reason of ['the channel is archived', 'the channel is archived.']) {
    const { blocks } = failedDeliveryMessage({ ...given, reason, content });
    expect(blocks).toContainEqual(paragraph('Reason: the channel is archived.'));
    expect(blocks).toContainEqual(paragraph('Please test by Monday.'));
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []));
    expect(buttons).toMatchObject([
      {
        action: 'settle-delivery',
        label: 'Send again',
        value: JSON.stringify({ deliveryId, arrived: false }),
      },
    ]);
  }
});

it('names a live card, which has no text of its own', () => {
  const lost = { ...given, place: 'Sam Okoye', reason: 'gone', content: null };
  const first = ({ blocks }: Card) => blocks[0];
  expect(first(failedDeliveryMessage({ ...lost, subject: 'card:rollout' }))).toEqual(
    paragraph('shop-2.4.0: a message to Sam Okoye could not be delivered: the card of the rollout.'),
  );
  expect(first(unknownDeliveryMessage({ ...lost, subject: 'card:ballot' }))).toEqual(
    paragraph("shop-2.4.0: did a message to Sam Okoye arrive? It is the ballot. tminus can't tell: gone."),
  );
});
