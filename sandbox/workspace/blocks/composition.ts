import { isObject } from '../json.ts';
import { boolean, type Check, list, object, oneOf, string, typed, webAddress } from './shape.ts';

/** The `type` field; which it is was decided by whoever chose the check. */
export const typeField: Check = () => undefined;

export const actionId = string({ max: 255 });

export function plainText(max: number, min = 1): Check {
  return typed({ plain_text: plainTextObject(max, min) });
}

/** A text object of either kind, up to `max` characters. */
export function anyText(max: number): Check {
  return typed({
    plain_text: plainTextObject(max, 1),
    mrkdwn: object({
      required: { type: typeField, text: string({ min: 1, max }) },
      optional: { verbatim: boolean },
    }),
  });
}

function plainTextObject(max: number, min: number): Check {
  return object({ required: { type: typeField, text: string({ min, max }) }, optional: { emoji: boolean } });
}

export const confirm = object({
  required: { text: anyText(300) },
  optional: {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
});

/** Options of selects and overflow menus take plain text, those of radio buttons and checkboxes either. */
export function option(text: Check, withUrl = false): Check {
  return object({
    required: { text, value: string({ min: 1, max: 75 }) },
    optional: { description: anyText(75), ...(withUrl ? { url: webAddress } : {}) },
  });
}

export const selectOption = option(plainText(75));

export const optionGroup = object({
  required: { label: plainText(75), options: list(selectOption, { min: 1, max: 100 }) },
});

/** Every option that an element offers, those in groups too. */
export function optionsOf(element: Record<string, unknown>): Record<string, unknown>[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const lists = [element.options, ...groups.map((group) => group.options)];
  return lists.flatMap((each) => (Array.isArray(each) ? each.filter(isObject) : []));
}
