import { type Block, type Button, type Card, note } from './card.ts';

/** What stops being possible while a message stays where it is: the names of the buttons' actions, and what is said in their place. */
const outOfDate = 'Out of date. The live card shows where things stand.';
const lapsing: Readonly<Record<string, string>> = {
  'vote-go': outOfDate,
  'vote-no-go': outOfDate,
  'vote-conditional': outOfDate,
  'vote-abstain': outOfDate,
  'close-poll': outOfDate,
  promote: outOfDate,
  'roll-back': outOfDate,
  'settle-delivery': 'This is settled.',
};

/** Whether a message has a button that will be refused one day. */
export function hasLapsingButton(card: Card): boolean {
  return buttonsOf(card).some(isLapsing);
}

/**
 * The message with only those buttons that are offered now, and a note where all of a row are gone. Nobody is asked
 * any more then to use them.
 */
export function withOfferedButtons(card: Card, offered: readonly Button[]): Card {
  const isOffered = (button: Button) =>
    !isLapsing(button) ||
    offered.some(({ action, value }) => action === button.action && value === button.value);
  const blocks = card.blocks.map((block): Block => {
    if (block.type !== 'actions') return block;
    const buttons = block.buttons.filter(isOffered);
    return buttons.length > 0 ? { ...block, buttons } : lapsedNote(block.buttons);
  });
  const hasLapsed = !hasLapsingButton({ ...card, blocks });
  return { ...card, blocks: blocks.filter((block) => !(hasLapsed && isRequest(block))) };
}

/** Every button of a card. */
export function buttonsOf({ blocks }: Card): Button[] {
  return blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []));
}

function lapsedNote([first]: readonly Button[]): Block {
  return note((first && lapsing[first.action]) ?? outOfDate);
}

function isRequest(block: Block): boolean {
  return block.type === 'paragraph' && block.asks === true;
}

function isLapsing({ action }: Button): boolean {
  return Object.hasOwn(lapsing, action);
}
