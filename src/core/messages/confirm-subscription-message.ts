import { type Card, note, paragraph } from '../card/card.ts';

/** Asks whoever reads an address whether they want a list. The link is put in as it is sent, above the note. */
export function confirmSubscriptionMessage(list: string): Card {
  return {
    summary: `Please confirm: messages of the list "${list}"`,
    blocks: [
      { type: 'header', text: 'Is this you?' },
      paragraph(
        `Somebody, probably you, asked us to send messages of the list "${list}" to this address. If it was you, please confirm within two days:`,
      ),
      note('If it was not you, do nothing: we send nothing more unless you confirm.'),
    ],
  };
}
