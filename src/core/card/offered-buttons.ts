import { type Block, type Button, type Card, note } from './card.ts';

/** What stops being possible while a message stays where it is; the names of the buttons' actions. */
const lapsing = new Set(['vote-go', 'vote-no-go', 'close-poll', 'promote', 'roll-back']);

/** Whether a message has a button that will be refused one day. */
export function hasLapsingButton({ blocks }: Card): boolean {
  return blocks.some((block) => block.type === 'actions' && block.buttons.some(isLapsing));
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
    return buttons.length > 0 ? { ...block, buttons } : lapsedNote;
  });
  const hasLapsed = !hasLapsingButton({ ...card, blocks });
  return { ...card, blocks: blocks.filter((block) => !(hasLapsed && isRequest(block))) };
}

const lapsedNote = note('Out of date. The live card shows where things stand.');

function isRequest(block: Block): boolean {
  return block.type === 'paragraph' && block.asks === true;
}

function isLapsing({ action }: Button): boolean {
  return lapsing.has(action);
}
