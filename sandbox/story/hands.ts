import type { ActionResult, Message } from '../control-api.ts';
import { type ControlClient, wasTaken } from '../control-client.ts';
import type { Stage } from './stage.ts';

/** Clicks a button of a message, as the person with this handle. */
export function clickButton(
  stage: Stage,
  handle: string,
  actionId: string,
  { channel, ts }: Message,
): Promise<ActionResult> {
  return stage.control.click({ person: stage.person(handle).id, on: { channel, ts }, actionId });
}

/** Opens a window by `ask`, writes the reason into it and submits. Whether that was taken. */
export async function giveReason(
  stage: Stage,
  { handle, reason }: { handle: string; reason: string },
  ask: () => Promise<ActionResult>,
): Promise<boolean> {
  const { control } = stage;
  const person = stage.person(handle).id;
  await closeModals(control, person);
  await ask();
  const window = (await control.views(person)).at(-1);
  if (!window) return false;
  const result = await control.submit({ person, viewId: window.id, values: { reason: { text: reason } } });
  await closeModals(control, person);
  return wasTaken(result) && result.errors === undefined;
}

/** Closes every modal that is open before a person, the top one first. */
export async function closeModals(control: ControlClient, person: string): Promise<void> {
  for (const { id } of (await control.views(person)).reverse()) {
    await control.closeView({ person, viewId: id });
  }
}
