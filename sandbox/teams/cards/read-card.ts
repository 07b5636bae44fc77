import { isObject, objectsOf, stringOf } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';

/** Every object that a card shows, the card itself first. */
export function* nodesOf(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each);
  if (!isObject(value)) return;
  yield value;
  for (const [name, each] of Object.entries(value))
    if (!['data', 'msteams'].includes(name)) yield* nodesOf(each);
}

/** Every action of a card that a person can press, in the order of reading; fallbacks are not. */
export function actionsOf(value: unknown): JsonObject[] {
  return [...pressable(value)];
}

function* pressable(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const each of value) yield* pressable(each);
  if (!isObject(value)) return;
  if (stringOf(value.type)?.startsWith('Action.')) yield value;
  for (const [name, each] of Object.entries(value)) {
    if (!['data', 'fallback', 'refresh'].includes(name)) yield* pressable(each);
  }
}

/** Every input of a card. */
export function inputsOf(card: JsonObject): JsonObject[] {
  return [...nodesOf(card)].filter(({ type }) => stringOf(type)?.startsWith('Input.'));
}

/** Everything that a card says, in which a mention may stand. */
export function wordsOf(card: JsonObject): string[] {
  return [...nodesOf(card)].flatMap(({ text, title, value, label }) =>
    [text, title, value, label].filter((each) => typeof each === 'string'),
  );
}

/** The mentions that a card names. */
export function cardMentions(card: JsonObject): JsonObject[] {
  return isObject(card.msteams) ? objectsOf(card.msteams.entities) : [];
}
