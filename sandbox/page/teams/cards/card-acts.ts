/** The buttons of a card that ask something of the app, as the control API names them. */
import { isJson, type Json } from './prepare-card.ts';

export interface CardAct {
  actionId: string;
  /** Where several share the name: which one, from `0`. */
  blockId?: string;
}

/** What a button asks for: its id, its verb, or the verb in its data. */
export function actName({ id, verb, data }: Json): string {
  const names = [id, verb, isJson(data) ? data.verb : undefined];
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? '';
}

/** The buttons of a card in order, those within its `Action.ShowCard`s too. A fallback is no further button. */
export function buttonsIn(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(buttonsIn);
  if (!isJson(node)) return [];
  const asks = node.type === 'Action.Execute' || node.type === 'Action.Submit';
  const inner = Object.entries(node).filter(
    ([key]) => key !== 'fallback' && key !== 'data' && key !== 'refresh',
  );
  return [...(asks ? [node] : []), ...inner.flatMap(([, value]) => buttonsIn(value))];
}

/** What a click on a card's button asks for; `place`: which of `buttonsIn` it is. */
export function actOf(card: Json, place: number): CardAct | undefined {
  const buttons = buttonsIn(card);
  const button = buttons[place];
  if (!button) return undefined;
  const actionId = actName(button);
  const sharing = buttons.filter((other) => actName(other) === actionId);
  return sharing.length > 1 ? { actionId, blockId: String(sharing.indexOf(button)) } : { actionId };
}

/** Whether a card has a button of this name. */
export function hasButton(card: unknown, name: string): boolean {
  return buttonsIn(card).some((button) => actName(button) === name || button.verb === name);
}
