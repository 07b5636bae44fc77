import type { ActionResult, Message } from '../control-api.ts';
import { type ControlClient, wasTaken } from '../control-client.ts';
import { waitForAnswer } from './answers.ts';
import type { Stage } from './stage.ts';

/** Clicks a button of a message, as the person with this handle. */
export function clickButton(
  stage: Stage,
  handle: string,
  actionId: string,
  { channel, ts }: Message,
): Promise<ActionResult> {
  const { control } = stage.sideOf(handle);
  return control.click({ person: stage.person(handle).id, on: { channel, ts }, actionId });
}

/** Opens a window by `ask`, writes the reason into it and submits. Whether that was taken. */
export async function giveReason(
  stage: Stage,
  { handle, reason }: { handle: string; reason: string },
  ask: () => Promise<ActionResult>,
): Promise<boolean> {
  const { control } = stage.sideOf(handle);
  const result = await fillForm(
    control,
    { person: stage.person(handle).id, field: 'reason', text: reason },
    ask,
  );
  return result !== null && wasTaken(result) && result.errors === undefined;
}

/**
 * Writes into the one field of a form that `ask` opens, and submits it: in a window, or in Teams, where a command opens
 * none, in the message that answers. Null when there was no form.
 */
export async function fillForm(
  control: ControlClient,
  { person, field, text }: { person: string; field: string; text: string },
  ask: () => Promise<ActionResult>,
): Promise<ActionResult | null> {
  await closeModals(control, person);
  const asked = await ask();
  const values = { [field]: { text } };
  const window = (await control.views(person)).at(-1);
  if (window) {
    const result = await control.submit({ person, viewId: window.id, values });
    // It may tell what came of it; whoever comes next should not find it open.
    await closeModals(control, person);
    return result;
  }
  if (control.platform === 'slack') return null;
  const form = await waitForAnswer(control, asked);
  if (!form || !JSON.stringify(form.attachments ?? []).includes('submit-form')) return null;
  return control.click({
    person,
    on: { channel: form.channel, ts: form.ts },
    actionId: 'submit-form',
    values,
  });
}

/** Closes every modal that is open before a person, the top one first. */
export async function closeModals(control: ControlClient, person: string): Promise<void> {
  for (const { id } of (await control.views(person)).reverse()) {
    await control.closeView({ person, viewId: id });
  }
}
