import { isObject } from '../json.ts';
import {
  actionId,
  anyText,
  confirm,
  option,
  optionGroup,
  optionsOf,
  plainText,
  selectOption,
  typeField,
} from './composition.ts';
import { richText } from './rich-text.ts';
import {
  anything,
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  pattern,
  pick,
  string,
  typed,
  webAddress,
} from './shape.ts';

/** An image comes from one place. */
export const hasImage: Check = (value, at, findings) => {
  if (isObject(value) && (value.image_url === undefined) === (value.slack_file === undefined)) {
    findings.add('must define exactly one of: image_url, slack_file', at);
  }
};

const id = string({ min: 1, max: 255 });
const shared = { action_id: actionId };
const confirmable = { ...shared, confirm };
const focusable = { focus_on_load: boolean };
const placeholder = { placeholder: plainText(150) };
const dispatch = {
  dispatch_action_config: object({
    optional: {
      trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
    },
  }),
};
const date = pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date as YYYY-MM-DD');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm');
const several = { max_selected_items: integer(1, 100) };
const conversationFilter = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1, max: 4 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

const button = object({
  required: { type: typeField, text: plainText(75) },
  optional: {
    ...confirmable,
    value: string({ max: 2000 }),
    url: webAddress,
    style: oneOf('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
  },
});

function select(optional: Record<string, Check>, also?: Check): Check {
  const common = { ...confirmable, ...focusable, ...placeholder };
  return object({
    required: { type: typeField },
    optional: { ...common, ...optional },
    ...(also ? { also } : {}),
  });
}

/** Exactly one of `options` and `option_groups`, and initial options that are among them. */
const offersOptions: Check = (value, at, findings) => {
  if (!isObject(value)) return;
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    findings.add('must define exactly one of: options, option_groups', at);
  }
  initialIsOffered(value, at, findings);
};

const initialIsOffered: Check = (value, at, findings) => {
  if (!isObject(value)) return;
  const offered = new Set(optionsOf(value).map((each) => each.value));
  const initial = [
    value.initial_option,
    ...(Array.isArray(value.initial_options) ? value.initial_options : []),
  ];
  for (const each of initial) {
    if (isObject(each) && !offered.has(each.value))
      findings.add('initial option must be one of the options', at);
  }
};

const options = list(selectOption, { min: 1, max: 100 });
const groups = list(optionGroup, { min: 1, max: 100 });
const choice = option(anyText(75));

function choices(optional: Record<string, Check>): Check {
  return object({
    required: { type: typeField, options: list(choice, { min: 1, max: 10 }) },
    optional: { ...confirmable, ...focusable, ...optional },
    also: initialIsOffered,
  });
}

function typedInput(
  optional: Record<string, Check>,
  { required, ...more }: { required?: Record<string, Check>; also?: Check } = {},
): Check {
  const common = { ...shared, ...focusable, ...placeholder, ...dispatch };
  return object({
    required: { type: typeField, ...required },
    optional: { ...common, ...optional },
    ...more,
  });
}

const initialFits: Check = (value, at, findings) => {
  if (!isObject(value) || typeof value.initial_value !== 'string') return;
  const max = typeof value.max_length === 'number' ? value.max_length : 3000;
  if (value.initial_value.length > max)
    findings.add(`must be less than ${max + 1} characters`, `${at}/initial_value`);
};

const feedbackButton = object({
  required: { text: plainText(75), value: string({ max: 2000 }) },
  optional: { accessibility_label: string({ max: 75 }) },
});

/** Every interactive element and the image, by `type`. */
const all: Record<string, Check> = {
  button,
  checkboxes: choices({ initial_options: list(choice, { min: 1, max: 10 }) }),
  radio_buttons: choices({ initial_option: choice }),
  datepicker: select({ initial_date: date }),
  timepicker: select({ initial_time: time, timezone: string({ max: 255 }) }),
  datetimepicker: object({
    required: { type: typeField },
    optional: { ...confirmable, ...focusable, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  }),
  email_text_input: typedInput({ initial_value: string({ max: 3000 }) }),
  url_text_input: typedInput({ initial_value: string({ max: 3000 }) }),
  number_input: typedInput(
    {
      initial_value: string({ max: 3000 }),
      min_value: string({ max: 3000 }),
      max_value: string({ max: 3000 }),
    },
    { required: { is_decimal_allowed: boolean } },
  ),
  plain_text_input: typedInput(
    {
      initial_value: string({ max: 3000 }),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    { also: initialFits },
  ),
  overflow: object({
    required: { type: typeField, options: list(option(plainText(75), true), { min: 1, max: 5 }) },
    optional: confirmable,
  }),
  static_select: select({ options, option_groups: groups, initial_option: selectOption }, offersOptions),
  multi_static_select: select(
    { options, option_groups: groups, initial_options: list(selectOption, { min: 1, max: 100 }), ...several },
    offersOptions,
  ),
  users_select: select({ initial_user: id }),
  multi_users_select: select({ initial_users: list(id, { min: 1, max: 100 }), ...several }),
  conversations_select: select({
    initial_conversation: id,
    default_to_current_conversation: boolean,
    response_url_enabled: boolean,
    filter: conversationFilter,
  }),
  multi_conversations_select: select({
    initial_conversations: list(id, { min: 1, max: 100 }),
    default_to_current_conversation: boolean,
    filter: conversationFilter,
    ...several,
  }),
  channels_select: select({ initial_channel: id, response_url_enabled: boolean }),
  multi_channels_select: select({ initial_channels: list(id, { min: 1, max: 100 }), ...several }),
  rich_text_input: typedInput({
    initial_value: richText,
    min_lines: integer(1, 100),
    max_lines: integer(1, 100),
  }),
  feedback_buttons: object({
    required: { type: typeField, positive_button: feedbackButton, negative_button: feedbackButton },
    optional: shared,
  }),
  icon_button: object({
    required: { type: typeField, icon: oneOf('trash'), text: plainText(75) },
    optional: {
      ...confirmable,
      value: string({ max: 2000 }),
      accessibility_label: string({ max: 75 }),
      visible_to_user_ids: list(id, { max: 100 }),
    },
  }),
  image: object({
    required: { type: typeField, alt_text: string({ min: 1, max: 2000 }) },
    optional: { image_url: webAddress, slack_file: anything },
    also: hasImage,
  }),
};

const menus = [
  'static_select',
  'multi_static_select',
  'users_select',
  'multi_users_select',
  'conversations_select',
  'multi_conversations_select',
  'channels_select',
  'multi_channels_select',
];
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...menus];

export const actionsElement = typed(
  pick(all, ['button', 'overflow', 'datetimepicker', 'rich_text_input', ...pickers]),
);
export const sectionAccessory = typed(pick(all, ['button', 'overflow', 'image', ...pickers]));
export const inputElement = typed(
  pick(all, [
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'datetimepicker',
    ...pickers,
  ]),
);
export const contextActionsElement = typed(pick(all, ['feedback_buttons', 'icon_button']));
export const imageElement = typed(pick(all, ['image']));
