import type { BlockAction } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInteractiveClient } from '../../src/bot/slack/client/web-client.ts';
import type { ListenerContext } from '../../src/bot/slack/listeners/listener-context.ts';
import { onAction } from '../../src/bot/slack/listeners/on-action.ts';
import { readBack } from '../../src/bot/slack/listeners/on-form-back.ts';
import { createLateRequests } from '../../src/services/kernel/late-requests.ts';
import { PlatformUnavailableError } from '../../src/services/ports/directory.ts';
import { recordingLog } from '../bot/slack/web-api-double.ts';
import { openWorld, type World } from '../support/test-services.ts';

let world: World;
let context: ListenerContext;
/** What happened, oldest first. */
let seen: { what: string; blocks?: string }[];
beforeEach(async () => {
  world = await openWorld();
  seen = [];
  const interactive = createInteractiveClient({ token: 'xoxb-tests', log: recordingLog() });
  const note = (what: string) => async (args: object) => {
    seen.push({ what, blocks: JSON.stringify(args) });
    return { ok: true, channel: { id: 'D1' } };
  };
  Object.assign(interactive.views, { update: note('update') });
  Object.assign(interactive.conversations, { open: async () => ({ ok: true, channel: { id: 'D1' } }) });
  Object.assign(interactive.chat, { postMessage: note('message') });
  const { db, clock, log } = world.services;
  const lateRequests = createLateRequests({ db, clock, log });
  context = { services: world.services, interactive, teamId: 'T1', commandNames: {}, lateRequests };
});
afterEach(() => world.close());

const draftId = '11111111-1111-4111-8111-111111111111';
const keptRows = () => world.query<{ values: object }>('select values from release_drafts');

function pressed(step: string, values: object, actionId = 'form-back'): BlockAction {
  const view = {
    id: 'V1',
    hash: '1.2',
    callback_id: 'new-release',
    private_metadata: JSON.stringify({ draftId, step }),
    state: { values },
  };
  const user = { id: 'U0RITA', username: 'rita', team_id: 'T1' };
  // Only what is read of it: Bolt's type has all that Slack sends.
  return { user, trigger_id: '1.2.3', view, actions: [{ action_id: actionId }] } as unknown as BlockAction;
}

async function press(body: BlockAction): Promise<void> {
  const ack = async () => void seen.push({ what: 'ack' });
  // Only what is read of a click.
  const request = { body, payload: body.actions[0], ack } as unknown;
  await onAction(context)(request as Parameters<ReturnType<typeof onAction>>[0]);
}

async function begin(): Promise<void> {
  await world.query(
    `insert into release_drafts values ('${draftId}',
      (select person_id from identities where platform_id = 'U0RITA'), '{"product":"Ledger"}', $1)`,
    [new Date(world.wall.now)],
  );
}

it('shows the form before once what was typed is kept', async () => {
  await begin();
  await press(pressed('when', { zone: { text: { type: 'plain_text_input', value: 'Nowhere' } } }));
  expect(seen.map(({ what }) => what)).toEqual(['ack', 'update']);
  expect(seen[1]?.blocks).toContain('"initial_value":"Ledger"');
  expect(seen[1]?.blocks).toContain('Step 1 of 4');
  expect((await keptRows())[0]?.values).toMatchObject({ product: 'Ledger', zone: 'Nowhere' });
});

it('says in the place of the form that it is gone', async () => {
  await press(pressed('when', {}));
  expect(seen.map(({ what }) => what)).toEqual(['ack', 'update']);
  expect(seen[1]?.blocks).toContain('kept for a day and is now gone');
});

it('leaves the form as it is where the platform could not be asked, and says so', async () => {
  await begin();
  world.platform.findPerson = async () => {
    throw new PlatformUnavailableError('Try again in 20 seconds.', 'rate limited');
  };
  await press(pressed('when', {}));
  expect(seen.map(({ what }) => what)).toEqual(['ack', 'message']);
  expect(seen[1]?.blocks).toContain('Nothing was done: Try again in 20 seconds.');
});

it('takes no other button for it', () => {
  expect(readBack(pressed('when', {}, 'new-release'))).toBeNull();
  const { view: _, ...onMessage } = pressed('when', {});
  expect(readBack(onMessage as BlockAction)).toBeNull();
});
