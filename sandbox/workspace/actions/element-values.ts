import { optionsOf } from '../blocks/composition.ts';
import { elementsOf } from '../blocks/validate-blocks.ts';
import { isObject, objectsOf, stringOf } from '../json.ts';
import type { JsonObject } from '../stored.ts';
import { ControlRefusal } from './control-refusal.ts';

/** Typed or picked values by block id and action id. */
export type TypedValues = Record<string, Record<string, string | string[]>>;

type Typed = string | string[] | undefined;

/** For elements with one plain value: its field in the payload, and the element's initial one. */
const SINGLE: Record<string, [field: string, initial: string]> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
};
const SEVERAL: Record<string, [field: string, initial: string]> = {
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
};
const ONE_OPTION = ['static_select', 'radio_buttons', 'overflow'];
const SOME_OPTIONS = ['multi_static_select', 'checkboxes'];

/** What an element holds, as payloads say it; null for one that holds nothing, such as a button. */
export function elementValue(element: JsonObject, typed: Typed): JsonObject | null {
  const type = String(element.type);
  const single = SINGLE[type];
  if (single) return { type, [single[0]]: one(typed, element, element[single[1]]) };
  const several = SEVERAL[type];
  if (several) return { type, [several[0]]: typed === undefined ? (element[several[1]] ?? []) : many(typed) };
  if (ONE_OPTION.includes(type)) {
    const value = one(typed, element, element.initial_option);
    return { type, selected_option: typeof value === 'string' ? pickOption(element, value) : value };
  }
  if (SOME_OPTIONS.includes(type)) {
    const picked =
      typed === undefined
        ? objectsOf(element.initial_options)
        : many(typed).map((each) => pickOption(element, each));
    return { type, selected_options: picked };
  }
  if (type === 'datetimepicker') {
    const value = one(typed, element, element.initial_date_time);
    return { type, selected_date_time: value === null ? null : Number(value) };
  }
  if (type === 'rich_text_input') {
    const value = one(typed, element, element.initial_value);
    return { type, rich_text_value: typeof value === 'string' ? richTextOf(value) : value };
  }
  return null;
}

/** `state.values` of a view or message. Refuses typed values for inputs that are not there. */
export function stateValues(blocks: JsonObject[], typed: TypedValues = {}): JsonObject {
  refuseUnknown(blocks, typed);
  const values: Record<string, JsonObject> = {};
  for (const block of blocks) {
    const blockId = String(block.block_id);
    for (const element of elementsOf(block)) {
      const actionId = String(element.action_id);
      const value = element.type === 'overflow' ? null : elementValue(element, typed[blockId]?.[actionId]);
      if (value) values[blockId] = { ...values[blockId], [actionId]: value };
    }
  }
  return values;
}

/** Whether an element's value is empty, so that a required input refuses it. */
export function isEmptyValue(value: JsonObject): boolean {
  const { type: _type, ...fields } = value;
  return Object.values(fields).every(
    (each) => each === null || each === '' || (Array.isArray(each) && each.length === 0),
  );
}

function refuseUnknown(blocks: JsonObject[], typed: TypedValues): void {
  for (const [blockId, actions] of Object.entries(typed)) {
    const block = blocks.find((each) => each.block_id === blockId);
    for (const actionId of Object.keys(actions)) {
      const known = block && elementsOf(block).some((element) => element.action_id === actionId);
      if (!known)
        throw new ControlRefusal('invalid_request', `There is no input ${actionId} in block ${blockId}.`);
    }
  }
}

/** What was typed or picked, null for nothing; the initial value of an element that was left out. */
function one(typed: Typed, element: JsonObject, initial: unknown): unknown {
  if (typed === undefined) return initial ?? null;
  const values = many(typed);
  if (values.length > 1)
    throw new ControlRefusal('invalid_request', `${String(element.action_id)} takes one value.`);
  return values[0] || null;
}

function many(typed: string | string[]): string[] {
  return Array.isArray(typed) ? typed : [typed];
}

function pickOption(element: JsonObject, value: string): JsonObject {
  const option = optionsOf(element).find((each) => each.value === value);
  if (option) return option;
  throw new ControlRefusal(
    'invalid_request',
    `${String(element.action_id)} has no option with the value "${value}".`,
  );
}

function richTextOf(text: string): JsonObject {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

/** What the person typed or picked, for Slack's own checks of an input. */
export function plainValue(value: JsonObject): string | undefined {
  return (
    stringOf(value.value) ??
    (isObject(value.selected_option) ? stringOf(value.selected_option.value) : undefined)
  );
}
