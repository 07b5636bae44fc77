import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import { type Card, paragraph } from '../../../core/card/card.ts';
import type {
  DateInput,
  Form,
  FormElement,
  FormOption,
  Input,
  PersonInput,
  SelectInput,
  TextInput,
  TimeInput,
} from '../../../core/card/form.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { cleanText, literalLine } from '../../text/literal.ts';
import { renderBlock } from './blocks.ts';
import { fitBlocks } from './fit.ts';
import { slackLimits, viewBudget } from './limits.ts';

type InputElement = InputBlock['element'];

/** Where Slack reports what was filled in: `values[name][actionId]`. */
const actionIds: Record<Input['kind'], string> = {
  text: 'text',
  select: 'pick',
  date: 'pick',
  time: 'pick',
  person: 'pick',
};

/** The button that goes back to the form before. It is pressed like any other, and brings what was typed. */
export const backAction = 'form-back';

/**
 * A form as a modal within Slack's limits.
 * @throws RangeError when the name, the metadata or a field's name is too long: cutting those would change their meaning.
 */
export function renderForm(form: Form): ModalView {
  const metadata = form.metadata === undefined ? undefined : JSON.stringify(form.metadata);
  assertLength('the form name', form.name, slackLimits.identifier);
  assertLength('the metadata', metadata ?? '', slackLimits.privateMetadata);
  return {
    type: 'modal',
    callback_id: form.name,
    title: plain(form.title, slackLimits.viewTitle),
    submit: plain(form.submit, slackLimits.viewTitle),
    close: plain(form.cancel, slackLimits.viewTitle),
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    blocks: fitView([...form.body, ...backButton(form)].flatMap(renderElement)),
  };
}

function backButton({ back }: Form): FormElement[] {
  if (back === undefined) return [];
  return [{ type: 'actions', buttons: [{ action: backAction, label: back, value: '' }] }];
}

/** A modal that only says something. */
export function renderAnswer(title: string, card: Card): ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    title: plain(title, slackLimits.viewTitle),
    close: plain('Close', slackLimits.viewTitle),
    blocks: fitView(card.blocks.flatMap(renderBlock)),
  };
}

function fitView(blocks: KnownBlock[]): KnownBlock[] {
  return fitBlocks(blocks, viewBudget, 'Shortened: the rest does not fit here.');
}

function renderElement(element: FormElement): KnownBlock[] {
  return element.type === 'input' ? renderInput(element) : renderBlock(element);
}

function renderInput(field: Input): KnownBlock[] {
  switch (field.kind) {
    case 'text':
      return [inputBlock(field, textElement(field))];
    case 'select':
      return renderSelect(field);
    case 'date':
      return [inputBlock(field, dateElement(field))];
    case 'time':
      return [inputBlock(field, timeElement(field))];
    case 'person':
      return [inputBlock(field, personElement(field))];
  }
}

function textElement({ kind, multiline, initial, placeholder, maxLength }: TextInput): InputElement {
  const max = Math.min(maxLength ?? slackLimits.inputText, slackLimits.inputText);
  return {
    type: 'plain_text_input',
    action_id: actionIds[kind],
    max_length: max,
    ...(multiline === undefined ? {} : { multiline }),
    ...initialText(initial ?? '', max),
    ...renderPlaceholder(placeholder),
  };
}

/** Without options there is nothing to choose, and the form says so in the field's place. */
function renderSelect(field: SelectInput): KnownBlock[] {
  const choices = field.options.slice(0, slackLimits.selectOptions).map(toOption);
  if (choices.length === 0) return renderBlock(paragraph(`${field.label}: nothing to choose from.`));
  const initial = choices.find((choice) => choice.value === field.initial);
  const left = field.options.length - choices.length;
  const cut = left > 0 ? `Only the first ${choices.length} are shown; ${left} more exist.` : undefined;
  const hint = [field.hint, cut].filter((part) => part !== undefined).join(' ');
  const element = {
    type: 'static_select' as const,
    action_id: actionIds[field.kind],
    options: choices,
    ...(initial === undefined ? {} : { initial_option: initial }),
    ...renderPlaceholder(field.placeholder),
  };
  return [inputBlock({ ...field, hint }, element)];
}

function dateElement({ kind, initial }: DateInput): InputElement {
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(initial ?? '') ? initial : undefined;
  return {
    type: 'datepicker',
    action_id: actionIds[kind],
    ...(valid === undefined ? {} : { initial_date: valid }),
  };
}

function timeElement({ kind, initial, zone }: TimeInput): InputElement {
  const valid = /^([01]\d|2[0-3]):[0-5]\d$/.test(initial ?? '') ? initial : undefined;
  return {
    type: 'timepicker',
    action_id: actionIds[kind],
    ...(valid === undefined ? {} : { initial_time: valid }),
    ...(zone === undefined ? {} : { timezone: zone }),
  };
}

function personElement({ kind, initial }: PersonInput): InputElement {
  return {
    type: 'users_select',
    action_id: actionIds[kind],
    ...(initial === undefined ? {} : { initial_user: initial }),
  };
}

function inputBlock(
  field: Pick<Input, 'name' | 'label' | 'hint' | 'optional'>,
  element: InputElement,
): InputBlock {
  assertLength('the field name', field.name, slackLimits.identifier);
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, slackLimits.inputLabel),
    element,
    ...(field.hint ? { hint: plain(field.hint, slackLimits.inputLabel) } : {}),
    ...(field.optional === undefined ? {} : { optional: field.optional }),
  };
}

function toOption(option: FormOption): PlainTextOption {
  assertLength('option value', option.value, slackLimits.optionText);
  return { value: option.value, text: plain(option.label, slackLimits.optionText) };
}

function plain(raw: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: literalLine(raw, max) || '–', emoji: false };
}

function initialText(raw: string, max: number): { initial_value?: string } {
  const initial = headWithin(cleanText(raw), max);
  return initial === '' ? {} : { initial_value: initial };
}

function renderPlaceholder(raw: string | undefined): { placeholder?: PlainTextElement } {
  return raw === undefined || raw === '' ? {} : { placeholder: plain(raw, slackLimits.placeholder) };
}

function assertLength(what: string, value: string, max: number): void {
  if (value.length > max) throw new RangeError(`${what} has ${value.length} characters; Slack takes ${max}.`);
}
