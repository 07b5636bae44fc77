import {
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  pick,
  string,
  typed,
  webAddress,
} from './shape.ts';

const typeField: Check = () => undefined;
const id = string({ min: 1, max: 255 });
const style = object({
  optional: { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean },
});
const styled = { style };
const MANY = 5000;

function inline(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return object({ required: { type: typeField, ...required }, optional: { ...styled, ...optional } });
}

const inlines: Record<string, Check> = {
  text: inline({ text: string({ min: 1, max: 12_000 }) }),
  link: inline({ url: webAddress }, { text: string({ max: 3000 }), unsafe: boolean }),
  user: inline({ user_id: id }),
  usergroup: inline({ usergroup_id: id }),
  team: inline({ team_id: id }),
  channel: inline({ channel_id: id }),
  broadcast: inline({ range: oneOf('here', 'channel', 'everyone') }),
  emoji: inline({ name: id }, { unicode: string({ max: 255 }), url: webAddress }),
  color: inline({ value: string({ min: 1, max: 32 }) }),
  date: inline(
    { timestamp: integer(0, 9_999_999_999), format: string({ min: 1, max: 255 }) },
    { url: webAddress, fallback: string({ max: 2000 }) },
  ),
};

const border = { border: oneOf(0, 1) };
const section = object({ required: { type: typeField, elements: list(typed(inlines), { max: MANY }) } });

/** A `rich_text` block or value: sections, lists, quotes and preformatted parts, each with its inlines. */
export const richTextFields = {
  elements: list(
    typed({
      rich_text_section: section,
      rich_text_list: object({
        required: {
          type: typeField,
          style: oneOf('bullet', 'ordered'),
          elements: list(typed({ rich_text_section: section }), { min: 1, max: MANY }),
        },
        optional: { ...border, indent: integer(0, 8), offset: integer(0, MANY) },
      }),
      rich_text_quote: object({
        required: { type: typeField, elements: list(typed(inlines), { max: MANY }) },
        optional: border,
      }),
      rich_text_preformatted: object({
        required: { type: typeField, elements: list(typed(pick(inlines, ['text', 'link'])), { max: MANY }) },
        optional: { ...border, language: string({ max: 255 }) },
      }),
    }),
    { min: 1, max: MANY },
  ),
};

export const richText = typed({ rich_text: object({ required: { type: typeField, ...richTextFields } }) });
