import {
  anything,
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  pattern,
  string,
} from '../../workspace/blocks/shape.ts';
import { action as selectAction } from './actions.ts';
import { number } from './basics.ts';

const text = string({ max: 28_000 });
const label = string({ max: 2_000 });
const date = pattern(/^\d{4}-\d{2}-\d{2}$|^$/, 'a date, such as 2026-11-21');
const time = pattern(/^\d{2}:\d{2}$|^$/, 'a time, such as 14:30');
const choice = object({ required: { title: text, value: text } });

interface Fields {
  required: Record<string, Check>;
  optional: Record<string, Check>;
}

function input(optional: Record<string, Check>, required: Record<string, Check> = {}): Fields {
  return {
    required: { id: string({ min: 1, max: 255 }), ...required },
    optional: {
      label,
      isRequired: boolean,
      errorMessage: label,
      labelPosition: oneOf('inline', 'above'),
      ...optional,
    },
  };
}

/** What each kind of input has, besides what every element has. */
export const inputs: Record<string, Fields> = {
  'Input.Text': input({
    value: text,
    placeholder: text,
    isMultiline: boolean,
    maxLength: integer(1, 100_000),
    regex: text,
    style: oneOf('text', 'tel', 'url', 'email', 'password', 'Text', 'Tel', 'Url', 'Email', 'Password'),
    inlineAction: selectAction,
  }),
  'Input.Number': input({ value: number, placeholder: text, min: number, max: number }),
  'Input.Date': input({ value: date, placeholder: text, min: date, max: date }),
  'Input.Time': input({ value: time, placeholder: text, min: time, max: time }),
  'Input.Toggle': input({ value: text, valueOn: text, valueOff: text, wrap: boolean }, { title: text }),
  'Input.ChoiceSet': input({
    choices: list(choice, { max: 500 }),
    'choices.data': anything,
    value: text,
    placeholder: text,
    isMultiSelect: boolean,
    style: oneOf('compact', 'expanded', 'filtered'),
    wrap: boolean,
  }),
};
