import { isObject } from '../json.ts';
import { anyText, plainText, typeField } from './composition.ts';
import {
  actionsElement,
  contextActionsElement,
  hasImage,
  imageElement,
  inputElement,
  sectionAccessory,
} from './elements.ts';
import { richText, richTextFields } from './rich-text.ts';
import {
  anything,
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  string,
  typed,
  webAddress,
} from './shape.ts';

const base = { block_id: string({ max: 255 }) };
const text2000 = string({ min: 1, max: 2000 });

function block(required: Record<string, Check>, optional: Record<string, Check> = {}, also?: Check): Check {
  const fields = { required: { type: typeField, ...required }, optional: { ...base, ...optional } };
  return object(also ? { ...fields, also } : fields);
}

const textOrFields: Check = (value, at, findings) => {
  if (isObject(value) && value.text === undefined && value.fields === undefined) {
    findings.add('must define one of: text, fields', at);
  }
};

const contextElement: Check = (value, at, findings) => {
  const image = isObject(value) && value.type === 'image';
  (image ? imageElement : anyText(2000))(value, at, findings);
};

const rawCells = {
  raw_text: object({ required: { type: typeField, text: string({ max: 12_000 }) } }),
  raw_number: object({
    required: { type: typeField, value: integer(-1e15, 1e15), text: string({ max: 255 }) },
  }),
};
const tableCell: Check = (value, at, findings) => {
  const rich = isObject(value) && value.type === 'rich_text';
  (rich ? richText : typed(rawCells))(value, at, findings);
};

const everywhere: Record<string, Check> = {
  actions: block({ elements: list(actionsElement, { min: 1, max: 25 }) }),
  context: block({ elements: list(contextElement, { min: 1, max: 10 }) }),
  divider: block({}),
  header: block({ text: plainText(150) }),
  image: block(
    { alt_text: text2000 },
    { title: plainText(2000), image_url: webAddress, slack_file: anything },
    hasImage,
  ),
  input: block(
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: block(richTextFields),
  section: block(
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), { min: 1, max: 10 }),
      accessory: sectionAccessory,
      expand: boolean,
    },
    textOrFields,
  ),
  video: block(
    { video_url: webAddress, thumbnail_url: webAddress, alt_text: text2000, title: plainText(200) },
    {
      title_url: webAddress,
      author_name: string({ max: 50 }),
      provider_name: string({ max: 255 }),
      provider_icon_url: webAddress,
      description: plainText(200),
    },
  ),
};

const messageOnly: Record<string, Check> = {
  context_actions: block({ elements: list(contextActionsElement, { min: 1, max: 5 }) }),
  markdown: block({ text: string({ min: 1, max: 12_000 }) }),
  table: block(
    { rows: list(list(tableCell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
    {
      column_settings: list(
        object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean } }),
        { max: 20 },
      ),
    },
  ),
};

/**
 * The blocks that a message, a modal or a home may hold. Slack's newest ones (alert, card, carousel,
 * container, data_table, plan, task_card) and remote files are refused here, being seldom allowed there.
 */
export const messageBlock = typed({ ...everywhere, ...messageOnly });
export const viewBlock = typed(everywhere);
