import { type Card, note, paragraph } from '../card/card.ts';

/** Asks whoever reads an address whether they want a list. The link is put in as it is sent, above the note. */
export function confirmSubscriptionMessage(list: string): Card {
  return {
    summary: `Please confirm your subscription to the list "${list}"`,
    blocks: [
      { type: 'header', text: 'Is this you?' },
      paragraph(
        `Somebody, probably you, asked us to send messages from the list "${list}" to this address. If it was you, please confirm within two days:`,
      ),
      note("If it wasn't you, ignore this message: we won't send anything else unless you confirm."),
    ],
  };
}
