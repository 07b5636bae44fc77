import { stringOf } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { inputsOf } from '../cards/read-card.ts';

/** `values[input][anything]`: what was typed or picked. */
export type GivenValues = Record<string, Record<string, string | string[]>>;

/** What stands in a card's inputs, by their ids, as Teams sends it: texts; several picks with commas between. */
export function inputValues(card: JsonObject, given: GivenValues = {}): Record<string, string> {
  return Object.fromEntries(
    inputsOf(card).flatMap((input) => {
      const id = String(input.id);
      const [typed] = Object.values(given[id] ?? {});
      const value = typed === undefined ? initialValue(input) : [typed].flat().join(',');
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/** What the client checks before it asks the app: errors by the input's id, none when all are right. */
export function checkInputs(card: JsonObject, values: Record<string, string>): Record<string, string> {
  const problems = inputsOf(card).map((input): [string, string | null] => {
    const value = values[String(input.id)] ?? '';
    return [String(input.id), findProblem(input, value)];
  });
  return Object.fromEntries(problems.filter((pair): pair is [string, string] => pair[1] !== null));
}

function initialValue({ type, value, valueOff = 'false' }: JsonObject): string | undefined {
  if (value !== undefined && value !== null) return String(value);
  return type === 'Input.Toggle' ? String(valueOff) : undefined;
}

function findProblem(input: JsonObject, value: string): string | null {
  const say = (usual: string) => stringOf(input.errorMessage) ?? usual;
  if (value === '') return input.isRequired === true ? say('This field is required.') : null;
  const { type, regex, maxLength } = input;
  if (type === 'Input.Text') {
    if (typeof maxLength === 'number' && value.length > maxLength)
      return say(`Write at most ${maxLength} characters.`);
    return typeof regex === 'string' && !new RegExp(regex, 'u').test(value)
      ? say('This has another form.')
      : null;
  }
  if (type === 'Input.Number')
    return checkNumber(input, value) ? null : say('Enter a number that is allowed here.');
  if (type === 'Input.ChoiceSet') return areChoices(input, value) ? null : say('Pick one of the choices.');
  return null;
}

function checkNumber({ min, max }: JsonObject, text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  return !(typeof min === 'number' && value < min) && !(typeof max === 'number' && value > max);
}

function areChoices(input: JsonObject, value: string): boolean {
  // Where there is a source of more, such as the people of the organisation, not all of them are in the card.
  if (input['choices.data'] !== undefined) return true;
  const known = (input.choices as JsonObject[]).map((choice) => choice.value);
  return (input.isMultiSelect === true ? value.split(',') : [value]).every((each) => known.includes(each));
}
