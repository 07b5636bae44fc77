import type { Message } from '../control-api.ts';

/** Whether a message of the bot has a button with this action. */
export function hasAction({ blocks = [] }: Pick<Message, 'blocks'>, actionId: string): boolean {
  return blocks.some((block) => {
    const { elements = [], accessory } = block as Partial<Record<'elements', Element[]>> & {
      accessory?: Element;
    };
    return [...elements, accessory].some((element) => element?.action_id === actionId);
  });
}

interface Element {
  action_id?: string;
}
