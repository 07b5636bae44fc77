import type { Message } from '../../control-api.ts';

/** What a message says, in words: its text, or that of its blocks or cards where it has none. */
export function wordsIn(message: Pick<Message, 'text' | 'blocks' | 'attachments'>): string {
  return message.text || partsIn(message).join(' ');
}

/** Every text of a message's blocks and cards, whatever their kinds. */
export function partsIn({
  blocks = [],
  attachments = [],
}: Pick<Message, 'blocks' | 'attachments'>): string[] {
  return [...blocks, ...attachments].flatMap(textsIn);
}

/** What stands under `text`, as a string, and what an instant is called where it can't be counted. */
function textsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && node.type === 'date' && 'fallback' in node) return [String(node.fallback)];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}
