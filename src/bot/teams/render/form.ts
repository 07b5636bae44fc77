import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormElement, FormValues, Input } from '../../../core/card/form.ts';
import { inlines, type Line } from '../../../core/card/line.ts';
import { headWithin } from '../../../lib/shorten-text.ts';
import { cleanText } from '../../text/literal.ts';
import { type Rendering, renderBlocks } from './blocks.ts';
import { entitiesIn, newRendering } from './card.ts';
import { type AdaptiveCard, adaptiveCard, type Element } from './element.ts';
import { inertLine } from './escape.ts';
import { fitBody } from './fit.ts';
import { teamsLimits } from './limits.ts';
import { plainText } from './plain.ts';

/** Somebody who can be chosen. */
export interface PersonChoice {
  id: string;
  name: string;
}

/** What a submitted form brings back, besides its values: all of it, so that it can be shown again with its errors. */
export interface SubmittedForm {
  form: Form;
  /** They went back instead, and what they typed comes along. */
  back?: true;
}

export interface FormRendering {
  people: readonly PersonChoice[];
  /** In a dialog a plain submission comes back; in a message the card is replaced by the answer. */
  place: 'dialog' | 'message';
  /** What was filled in before. */
  values?: FormValues;
  errors?: Readonly<Record<string, Line>>;
}

/** A form as a card within Teams' limits. */
export function renderForm(form: Form, { people, place, values, errors = {} }: FormRendering): AdaptiveCard {
  const rendering = newRendering();
  const filling = { rendering, people, values, errors, canRequire: form.back === undefined };
  const parts = form.body.flatMap((element) => renderElement(element, filling));
  const title = place === 'message' ? renderBlocks([{ type: 'header', text: form.title }], rendering) : [];
  const actions = [submitOf(form, place), ...backOf(form, place)];
  const body = fitBody([...title, ...parts, { type: 'ActionSet', actions }]);
  return adaptiveCard(body, entitiesIn(body, rendering.mentions));
}

/** What was filled in, by the names of the fields; null where a field was left empty. */
export function readValues({ body }: Form, data: Readonly<Record<string, unknown>>): FormValues {
  const fields = body.filter((element): element is Input => element.type === 'input');
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = data[name];
      return [name, typeof value === 'string' && value !== '' ? value : null];
    }),
  );
}

function submitOf(form: Form, place: FormRendering['place']): Element {
  const title = inertLine(form.submit, teamsLimits.buttonText) || 'Submit';
  return bringBack({ title, style: form.danger ? 'destructive' : 'positive' }, { form }, place);
}

function backOf(form: Form, place: FormRendering['place']): Element[] {
  if (form.back === undefined) return [];
  const title = inertLine(form.back, teamsLimits.buttonText) || 'Back';
  return [bringBack({ title }, { form, back: true }, place)];
}

function bringBack(button: object, submitted: SubmittedForm, place: FormRendering['place']): Element {
  const submit = { type: 'Action.Submit', ...button, data: { tminus: submitted } };
  const verb = submitted.back ? 'form-back' : 'submit-form';
  return place === 'dialog' ? submit : { ...submit, type: 'Action.Execute', verb, fallback: submit };
}

interface Filling extends Pick<FormRendering, 'people'> {
  values: FormValues | undefined;
  rendering: Rendering;
  errors: Readonly<Record<string, Line>>;
  /** A client lets nobody press any button of a card while a required field is empty, not even to go back. */
  canRequire: boolean;
}

function renderElement(element: FormElement, filling: Filling): Element[] {
  if (element.type !== 'input') return renderBlocks([element], filling.rendering);
  const error = filling.errors[element.name];
  const said = [
    ...(element.hint ? [sentence(element.hint, { isSubtle: true })] : []),
    ...(error === undefined ? [] : [sentence(plainText(inlines(error)), { color: 'Attention' })]),
  ];
  return [...renderInput(element, filling), ...said];
}

function sentence(raw: string, style: object): Element {
  const text = inertLine(raw, teamsLimits.lineText) || '–';
  return {
    type: 'RichTextBlock',
    spacing: 'None',
    inlines: [{ type: 'TextRun', text, size: 'Small', ...style }],
  };
}

function renderInput(field: Input, { rendering, people, values, canRequire }: Filling): Element[] {
  const given = values ? (values[field.name] ?? undefined) : field.initial;
  const base = {
    id: field.name,
    label: inertLine(labelOf(field), teamsLimits.label) || '–',
    ...(field.optional || !canRequire ? {} : { isRequired: true, errorMessage: 'Fill this in.' }),
  };
  switch (field.kind) {
    case 'text': {
      const maxLength = Math.min(field.maxLength ?? teamsLimits.inputText, teamsLimits.inputText);
      return [
        {
          type: 'Input.Text',
          ...base,
          maxLength,
          ...(field.multiline ? { isMultiline: true } : {}),
          ...(field.placeholder ? { placeholder: inertLine(field.placeholder, teamsLimits.label) } : {}),
          ...(given ? { value: headWithin(cleanText(given), maxLength) } : {}),
        },
      ];
    }
    case 'select': {
      const choices = field.options
        .slice(0, teamsLimits.selectOptions)
        .map(({ value, label }) => ({ title: inertLine(label, teamsLimits.label) || value, value }));
      // Without options there is nothing to choose, and the form says so in the field's place.
      if (choices.length === 0)
        return renderBlocks([paragraph(`${field.label}: nothing to choose from.`)], rendering);
      return [{ type: 'Input.ChoiceSet', style: 'compact', ...base, choices, ...valueGiven(given) }];
    }
    case 'date':
      return [{ type: 'Input.Date', ...base, ...valueGiven(matching(given, /^\d{4}-\d{2}-\d{2}$/)) }];
    case 'time':
      return [{ type: 'Input.Time', ...base, ...valueGiven(matching(given, /^([01]\d|2[0-3]):[0-5]\d$/)) }];
    case 'person':
      return [peoplePicker(base, people, given)];
  }
}

/** Whom tminus knows is offered by itself; Teams searches among everybody else. */
function peoplePicker(base: object, people: readonly PersonChoice[], given: string | undefined): Element {
  const choices = people.map(({ id, name }) => ({
    title: inertLine(name, teamsLimits.label) || id,
    value: id,
  }));
  return {
    type: 'Input.ChoiceSet',
    ...base,
    style: 'filtered',
    choices,
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
    ...valueGiven(given),
  };
}

function labelOf(field: Input): string {
  return field.kind === 'time' && field.zone ? `${field.label} (${field.zone})` : field.label;
}

function matching(given: string | undefined, pattern: RegExp): string | undefined {
  return given !== undefined && pattern.test(given) ? given : undefined;
}

function valueGiven(value: string | undefined): { value?: string } {
  return value === undefined ? {} : { value };
}
