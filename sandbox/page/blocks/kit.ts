/** Block Kit as it comes over the wire, and what the page can say about it without rendering it. */
import type { ActionsBlockElement, InputBlock, KnownBlock, SectionBlockAccessory } from '@slack/types';
import type { SubmitAction } from '../../control-api.ts';

export type AnyElement = ActionsBlockElement | InputBlock['element'] | SectionBlockAccessory;
export type Value = string | string[];
export type Values = SubmitAction['values'];

/** Blocks out of JSON that the workspace has validated. What is not an object with a type is left out. */
export function asBlocks(value: unknown): KnownBlock[] {
  return Array.isArray(value) ? value.filter(isBlock) : [];
}

function isBlock(value: unknown): value is KnownBlock {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The value of a form element before anyone touched it. Undefined: not an element with a value. */
export function initialValue(element: AnyElement): Value | undefined {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? '';
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? '';
    case 'checkboxes':
    case 'multi_static_select':
      return (element.initial_options ?? []).map(({ value }) => value ?? '');
    case 'users_select':
      return element.initial_user ?? '';
    case 'multi_users_select':
      return element.initial_users ?? [];
    case 'channels_select':
      return element.initial_channel ?? '';
    case 'conversations_select':
      return element.initial_conversation ?? '';
    case 'multi_channels_select':
      return element.initial_channels ?? [];
    case 'multi_conversations_select':
      return element.initial_conversations ?? [];
    case 'datepicker':
      return element.initial_date ?? '';
    case 'timepicker':
      return element.initial_time ?? '';
    default:
      return undefined;
  }
}

/** The elements of a block that a person can use. */
export function elementsOf(block: KnownBlock): AnyElement[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  return block.type === 'section' && block.accessory ? [block.accessory] : [];
}

/** The action id of an element; empty for one that has none, such as an image. */
export function actionIdOf(element: AnyElement): string {
  return 'action_id' in element ? (element.action_id ?? '') : '';
}

/** The values that a modal opens with, by block id and action id. */
export function initialValues(blocks: KnownBlock[]): Values {
  const values: Values = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const value = initialValue(element);
      if (value === undefined) continue;
      const blockId = block.block_id ?? '';
      values[blockId] = { ...values[blockId], [actionIdOf(element)]: value };
    }
  }
  return values;
}

/** How much text a block holds, wherever it stands, in characters; a line break counts as sixty, about a line. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, part: unknown) => sum + textLength(part), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, part]: [string, unknown]) => {
    if (key === 'text' && typeof part === 'string') return sum + part.length + 60 * countLines(part);
    return sum + textLength(part);
  }, 0);
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
