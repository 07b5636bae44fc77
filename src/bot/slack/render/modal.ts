import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import type { Block } from '../../../core/card/card.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { renderBlock } from './blocks.ts';
import { fitBlocks } from './fit.ts';
import { slackLimits, viewBudget } from './limits.ts';
import { cleanText, literalLine } from './literal.ts';

export interface ModalOptions {
  callbackId: string;
  title: string;
  /** Needed as soon as there is an input. */
  submit?: string;
  close?: string;
  /** Opaque; at most 3,000 characters. */
  privateMetadata?: string;
  blocks: KnownBlock[];
}

/** What every input has. Slack reports a submitted value as `values[blockId][actionId]`. */
export interface InputOptions {
  blockId: string;
  actionId: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

export interface Option {
  /** At most 75 characters. */
  value: string;
  label: string;
}

/**
 * A modal within Slack's limits.
 * @throws RangeError when `privateMetadata` or `callbackId` is too long: cutting those would change their meaning.
 */
export function modal(options: ModalOptions): ModalView {
  assertLength('callbackId', options.callbackId, slackLimits.identifier);
  assertLength('privateMetadata', options.privateMetadata ?? '', slackLimits.privateMetadata);
  return {
    type: 'modal',
    callback_id: options.callbackId,
    title: plain(options.title, slackLimits.viewTitle),
    ...(options.submit === undefined ? {} : { submit: plain(options.submit, slackLimits.viewTitle) }),
    ...(options.close === undefined ? {} : { close: plain(options.close, slackLimits.viewTitle) }),
    ...(options.privateMetadata === undefined ? {} : { private_metadata: options.privateMetadata }),
    blocks: fitBlocks(options.blocks, viewBudget, 'Shortened: the rest does not fit in this window.'),
  };
}

/** Text, lists, notes and buttons of a modal, from neutral blocks. */
export function content(...blocks: Block[]): KnownBlock[] {
  return blocks.flatMap(renderBlock);
}

/** A line of text, or several with `multiline`. `maxLength` is in characters, at most 3,000. */
export function textInput(
  options: InputOptions & { multiline?: boolean; initial?: string; placeholder?: string; maxLength?: number },
): InputBlock {
  const maxLength = Math.min(options.maxLength ?? slackLimits.inputText, slackLimits.inputText);
  return input(options, {
    type: 'plain_text_input',
    action_id: options.actionId,
    max_length: maxLength,
    ...(options.multiline === undefined ? {} : { multiline: options.multiline }),
    ...initialText(options.initial ?? '', maxLength),
    ...placeholder(options.placeholder),
  });
}

/** A choice of one. Without options there is nothing to choose, and the window says so in its place. */
export function selectInput(
  options: InputOptions & { options: Option[]; initial?: string; placeholder?: string },
): KnownBlock[] {
  const choices = options.options.slice(0, slackLimits.selectOptions).map(toOption);
  if (choices.length === 0) {
    return content({
      type: 'paragraph',
      content: [{ type: 'text', text: `${options.label}: nothing to choose from.` }],
    });
  }
  const initial = choices.find((choice) => choice.value === options.initial);
  const left = options.options.length - choices.length;
  const hint = [
    options.hint,
    left > 0 ? `Only the first ${choices.length} are shown; ${left} more exist.` : undefined,
  ];
  const element = {
    type: 'static_select' as const,
    action_id: options.actionId,
    options: choices,
    ...(initial === undefined ? {} : { initial_option: initial }),
    ...placeholder(options.placeholder),
  };
  return [input({ ...options, hint: hint.filter((part) => part !== undefined).join(' ') }, element)];
}

/** A date. `initial` as `YYYY-MM-DD`. */
export function dateInput(options: InputOptions & { initial?: string }): InputBlock {
  const initial = /^\d{4}-\d{2}-\d{2}$/.test(options.initial ?? '') ? options.initial : undefined;
  return input(options, {
    type: 'datepicker',
    action_id: options.actionId,
    ...(initial === undefined ? {} : { initial_date: initial }),
  });
}

/** A time of day. `initial` as `HH:MM`, 24 hours; `timezone` is the IANA zone it is read in. */
export function timeInput(options: InputOptions & { initial?: string; timezone?: string }): InputBlock {
  const initial = /^([01]\d|2[0-3]):[0-5]\d$/.test(options.initial ?? '') ? options.initial : undefined;
  return input(options, {
    type: 'timepicker',
    action_id: options.actionId,
    ...(initial === undefined ? {} : { initial_time: initial }),
    ...(options.timezone === undefined ? {} : { timezone: options.timezone }),
  });
}

/** One person of the workspace. `initial` is a Slack user id. */
export function personInput(options: InputOptions & { initial?: string }): InputBlock {
  return input(options, {
    type: 'users_select',
    action_id: options.actionId,
    ...(options.initial === undefined ? {} : { initial_user: options.initial }),
  });
}

function input(options: InputOptions, element: InputBlock['element']): InputBlock {
  assertLength('blockId', options.blockId, slackLimits.identifier);
  assertLength('actionId', options.actionId, slackLimits.identifier);
  return {
    type: 'input',
    block_id: options.blockId,
    label: plain(options.label, slackLimits.inputLabel),
    element,
    ...(options.hint ? { hint: plain(options.hint, slackLimits.inputLabel) } : {}),
    ...(options.optional === undefined ? {} : { optional: options.optional }),
  };
}

function toOption(option: Option): PlainTextOption {
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

function placeholder(raw: string | undefined): { placeholder?: PlainTextElement } {
  return raw === undefined || raw === '' ? {} : { placeholder: plain(raw, slackLimits.placeholder) };
}

function assertLength(what: string, value: string, max: number): void {
  if (value.length > max) throw new RangeError(`${what} has ${value.length} characters; Slack takes ${max}.`);
}
