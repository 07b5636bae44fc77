import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Message } from '../../sandbox/control-api.ts';
import type { Payload, WireAnswer } from './slack-wire.ts';
import type { TestApp } from './start-test-app.ts';

type RecordedName =
  | 'slash-command'
  | 'block-actions-message'
  | 'block-actions-home'
  | 'view-submission'
  | 'app-home-opened'
  | 'message-im';

let acts = 0;

/** A recorded payload, changed where a test says so. Each is an action of its own: its trigger or event id is new. */
export function recorded(name: RecordedName, changes: Payload = {}): Payload {
  const file = path.join(import.meta.dirname, 'payloads', `${name}.json`);
  const payload = merge(JSON.parse(readFileSync(file, 'utf8')), changes) as Payload;
  acts += 1;
  const id = name === 'app-home-opened' || name === 'message-im' ? 'event_id' : 'trigger_id';
  return id in changes ? payload : { ...payload, [id]: `${String(payload[id])}.${acts}` };
}

/** Objects are merged, all else is replaced. */
function merge(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes;
  const merged = { ...base };
  for (const [key, value] of Object.entries(changes))
    merged[key] = key in base ? merge(base[key], value) : value;
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Button {
  action_id?: string;
  value?: string;
}

/** A click on a message as it was when `message` was read, whatever it shows by now. */
export function clickAsItWas(
  app: TestApp,
  message: Message,
  person: string,
  actionId: string,
): Promise<WireAnswer> {
  const name = person.slice(2).toLowerCase();
  const buttons = (message.blocks ?? []).flatMap(
    (block) => (block as { elements?: Button[] }).elements ?? [],
  );
  const button = buttons.find(({ action_id }) => action_id === actionId);
  if (!button) throw new Error(`There was no button ${actionId}.`);
  const payload = recorded('block-actions-message', {
    user: { id: person, username: name, name },
    channel: { id: message.channel },
    container: { message_ts: message.ts, channel_id: message.channel },
    actions: [{ ...button, type: 'button', action_ts: '1803891605.334413' }],
  });
  return app.wire.send('interactive', payload);
}
