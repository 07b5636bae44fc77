import type { Button } from '../card/card.ts';

/** What becomes of a message of which nobody knows whether it arrived, or that was given up. */
const offers = [
  { arrived: true, label: 'It arrived' },
  { arrived: false, label: 'Send it again' },
] as const;

/** What somebody can say of a message; sending it again is the main one. */
export function settleButtons(deliveryId: string): Button[] {
  return offers.map(({ arrived, label }) => ({
    ...settleButton(deliveryId, { arrived, label }),
    ...(arrived ? {} : { style: 'primary' as const }),
  }));
}

/** Of a message that was given up, there is nothing to ask. */
export function sendAgainButton(deliveryId: string): Button {
  return { ...settleButton(deliveryId, { arrived: false, label: 'Send again' }), style: 'primary' };
}

function settleButton(deliveryId: string, { arrived, label }: { arrived: boolean; label: string }): Button {
  return { action: 'settle-delivery', label, value: JSON.stringify({ deliveryId, arrived }) };
}
