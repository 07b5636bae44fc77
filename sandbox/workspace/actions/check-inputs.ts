import { isObject } from '../json.ts';
import type { JsonObject } from '../stored.ts';
import { isEmptyValue, plainValue } from './element-values.ts';

/** What Slack checks before it asks the app: errors by block id, none when all inputs are right. */
export function checkInputs(blocks: JsonObject[], values: JsonObject): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    const { element } = block;
    if (block.type !== 'input' || !isObject(element)) continue;
    const inBlock = values[String(block.block_id)];
    const value = isObject(inBlock) ? inBlock[String(element.action_id)] : undefined;
    const problem = isObject(value) ? findProblem(block, element, value) : null;
    if (problem) errors[String(block.block_id)] = problem;
  }
  return errors;
}

function findProblem(block: JsonObject, element: JsonObject, value: JsonObject): string | null {
  if (isEmptyValue(value)) return block.optional === true ? null : 'This field is required.';
  const text = plainValue(value) ?? '';
  if (element.type === 'plain_text_input') return checkLength(element, text);
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return 'Enter an e-mail address.';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'Enter a web address.';
  if (element.type === 'number_input') return checkNumber(element, text);
  return checkCount(element, value);
}

function checkLength(element: JsonObject, text: string): string | null {
  const min = typeof element.min_length === 'number' ? element.min_length : 0;
  const max = typeof element.max_length === 'number' ? element.max_length : 3000;
  if (text.length < min) return `Write at least ${min} characters.`;
  return text.length > max ? `Write at most ${max} characters.` : null;
}

function checkNumber(element: JsonObject, text: string): string | null {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return 'Enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Enter a whole number.';
  if (typeof element.min_value === 'string' && number < Number(element.min_value))
    return `At least ${element.min_value}.`;
  if (typeof element.max_value === 'string' && number > Number(element.max_value))
    return `At most ${element.max_value}.`;
  return null;
}

function checkCount(element: JsonObject, value: JsonObject): string | null {
  const most = element.max_selected_items;
  const picked = Object.values(value).find(Array.isArray);
  return typeof most === 'number' && picked && picked.length > most ? `Pick at most ${most}.` : null;
}
