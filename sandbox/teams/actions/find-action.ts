import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { actionsOf } from '../cards/read-card.ts';

/** Whether an action of a card is meant by this name: its id, its verb, or a text anywhere in its data. */
function isNamed({ id, verb, data }: JsonObject, name: string): boolean {
  return [id, verb, ...textsIn(data)].includes(name);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The action that is meant; `place`, from `0`, where several share the name. */
export function findAction(card: JsonObject, name: string, place?: string): JsonObject {
  const found = actionsOf(card).filter((each) => isNamed(each, name));
  if (place !== undefined) {
    const chosen = found[Number(place)];
    if (chosen) return chosen;
  }
  const [only] = found;
  if (!only) throw new ControlRefusal('not_found', `There is no action ${name} here.`);
  if (found.length > 1)
    throw new ControlRefusal(
      'invalid_request',
      `Several actions are called ${name}: say which by blockId, from 0.`,
    );
  return only;
}
