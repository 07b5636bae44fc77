import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import { isObject } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { actionsOf } from '../cards/read-card.ts';

/** Whether an action of a card is meant by this name: its id, its verb, or the verb in its data. */
export function isNamed(action: JsonObject, name: string): boolean {
  const { id, verb, data } = action;
  return [id, verb, isObject(data) ? data.verb : undefined].includes(name);
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
