import type { ViewClosedAction } from '@slack/bolt';
import { expect, test } from 'vitest';
import type { HomeTab } from '../../../sandbox/control-api.ts';
import { startSocketApp } from './bolt.ts';
import {
  action,
  control,
  EMIL,
  GENERAL,
  messagesIn,
  RELEASE,
  RITA,
  refusalOf,
  startTestWorkspace,
  viewsOf,
} from './harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const reasonInput = {
  type: 'input' as const,
  block_id: 'reason',
  label: plain('Reason'),
  element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 20 },
};
const modal = {
  type: 'modal' as const,
  callback_id: 'roll-back',
  title: plain('Roll back'),
  submit: plain('Go'),
  blocks: [reasonInput],
};
const goButton = {
  type: 'actions' as const,
  block_id: 'vote',
  elements: [{ type: 'button' as const, action_id: 'go', text: plain('Go'), value: 'poll-1' }],
};
const list = { person: RITA, channel: RELEASE, command: '/release', text: 'list' };

test('a command reaches the app as Slack sends it, and its private answer its person', async () => {
  const workspace = await startTestWorkspace();
  const seen: object[] = [];
  await startSocketApp(workspace, (app) =>
    app.command('/release', async ({ command, ack }) => {
      seen.push(command);
      await ack(`Nothing planned, <@${command.user_id}>.`);
    }),
  );
  const result = await action(workspace, 'command', { ...list, text: 'show @emil <x>' });
  expect(result).toMatchObject({ status: 'acknowledged', message: { onlyFor: RITA, user: 'U0TMINUS' } });
  expect(result.ackMs).toBeGreaterThan(0);
  expect(seen[0]).toEqual({
    token: expect.any(String),
    team_id: 'T0EXAMPLE',
    team_domain: 'example',
    channel_id: RELEASE,
    channel_name: 'release-deployment',
    user_id: RITA,
    user_name: 'rita',
    command: '/release',
    text: `show <@${EMIL}|emil> &lt;x&gt;`,
    api_app_id: 'A0TMINUS',
    is_enterprise_install: 'false',
    response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/response\//),
    trigger_id: expect.any(String),
  });
});

test('a command may answer in the channel, and the same payload comes as often as asked', async () => {
  const workspace = await startTestWorkspace();
  const triggers: string[] = [];
  await startSocketApp(workspace, (app) =>
    app.command('/release', async ({ command, ack }) => {
      triggers.push(command.trigger_id);
      await ack({ response_type: 'in_channel', text: 'here' });
    }),
  );
  const result = await action(workspace, 'command', { ...list, times: 3 });
  expect(result.deliveries).toHaveLength(3);
  expect(new Set(triggers).size).toBe(1);
  expect(triggers).toHaveLength(3);
  expect((await messagesIn(workspace, RELEASE)).map((message) => message.text)).toEqual(['here']);
});

test('an app that does not acknowledge in three seconds has timed out; without an app nothing is delivered', async () => {
  const workspace = await startTestWorkspace();
  expect(await action(workspace, 'command', list)).toMatchObject({ status: 'not-delivered' });
  await startSocketApp(workspace, (app) => app.command('/release', async () => undefined));
  const startedMs = performance.now();
  expect(await action(workspace, 'command', list)).toMatchObject({ status: 'timed-out' });
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(2_990);
});

test('a click carries the message, the action and the state; the modal it opens is told', async () => {
  const workspace = await startTestWorkspace();
  const seen: Record<string, unknown>[] = [];
  await startSocketApp(workspace, (app) =>
    app.action('go', async ({ body, ack, client }) => {
      seen.push({ ...body });
      const trigger = 'trigger_id' in body ? body.trigger_id : '';
      await client.views.open({ trigger_id: trigger, view: modal });
      await ack();
    }),
  );
  const { ts } = await workspace.client.chat.postMessage({
    channel: RELEASE,
    text: 'vote',
    blocks: [goButton],
  });
  const result = await action(workspace, 'click', {
    person: EMIL,
    on: { channel: RELEASE, ts },
    actionId: 'go',
  });
  expect(result.view).toMatchObject({ callbackId: 'roll-back', title: 'Roll back' });
  expect(seen[0]).toMatchObject({
    type: 'block_actions',
    user: { id: EMIL, username: 'emil' },
    container: { type: 'message', message_ts: ts, channel_id: RELEASE, is_ephemeral: false },
    channel: { id: RELEASE, name: 'release-deployment' },
    message: { ts, text: 'vote', bot_id: 'B0TMINUS' },
    state: { values: {} },
    actions: [{ type: 'button', action_id: 'go', block_id: 'vote', value: 'poll-1' }],
  });
  expect(await viewsOf(workspace, EMIL)).toHaveLength(1);
  expect(await viewsOf(workspace, RITA)).toEqual([]);
});

test('an element that asks first shows what it asks, and a click on it was confirmed', async () => {
  const workspace = await startTestWorkspace();
  const seen: unknown[] = [];
  await startSocketApp(workspace, (app) =>
    app.action('close', async ({ action, ack }) => {
      seen.push(action);
      await ack();
    }),
  );
  const confirm = {
    title: plain('Close?'),
    text: plain('Voting ends.'),
    confirm: plain('Yes'),
    deny: plain('No'),
  };
  const button = {
    type: 'button' as const,
    action_id: 'close',
    text: plain('Close now'),
    value: 'poll-1',
    confirm,
  };
  const blocks = [{ type: 'actions' as const, elements: [button] }];
  const { ts } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'vote', blocks });
  const [message] = await messagesIn(workspace, RELEASE);
  expect(message?.blocks).toMatchObject([{ elements: [{ action_id: 'close', confirm }] }]);
  expect(seen).toEqual([]);
  const click = { person: RITA, on: { channel: RELEASE, ts }, actionId: 'close' };
  expect(await action(workspace, 'click', click)).toMatchObject({ status: 'acknowledged' });
  expect(seen).toMatchObject([{ action_id: 'close', value: 'poll-1' }]);
});

test('a select picks from its options only', async () => {
  const workspace = await startTestWorkspace();
  const picked: unknown[] = [];
  await startSocketApp(workspace, (app) =>
    app.action('phase', async ({ action, ack }) => {
      picked.push(action);
      await ack();
    }),
  );
  const options = ['10', '50'].map((value) => ({ text: plain(`${value} %`), value }));
  const blocks = [
    { type: 'actions' as const, elements: [{ type: 'static_select' as const, action_id: 'phase', options }] },
  ];
  const { ts } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'pick', blocks });
  const pick = { person: EMIL, on: { channel: RELEASE, ts }, actionId: 'phase' };
  await action(workspace, 'click', { ...pick, selected: '50' });
  expect(picked[0]).toMatchObject({ type: 'static_select', selected_option: { value: '50' } });
  await expect(action(workspace, 'click', { ...pick, selected: '75' })).rejects.toThrow(
    'no option with the value',
  );
});

test('a modal is checked, refused by the app with errors, and closed when taken', async () => {
  const workspace = await startTestWorkspace();
  const values: unknown[] = [];
  await startSocketApp(workspace, (app) => {
    app.command('/release', async ({ command, ack, client }) => {
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { ...modal, private_metadata: 'secret' },
      });
      await ack();
    });
    app.view('roll-back', async ({ view, ack }) => {
      values.push(view.state.values, view.private_metadata);
      const text = view.state.values.reason?.text?.value;
      if (text === 'bad') await ack({ response_action: 'errors', errors: { reason: 'Say more.' } });
      else await ack();
    });
  });
  const { view } = await action(workspace, 'command', list);
  const submit = (text: string) =>
    action(workspace, 'submit', { person: RITA, viewId: view?.id, values: { reason: { text } } });
  expect((await submit('')).errors).toEqual({ reason: 'This field is required.' });
  expect((await submit('x'.repeat(21))).errors).toEqual({ reason: 'Write at most 20 characters.' });
  expect(values).toEqual([]);
  expect((await submit('bad')).errors).toEqual({ reason: 'Say more.' });
  expect(await viewsOf(workspace, RITA)).toHaveLength(1);
  expect((await submit('<!channel> errors')).errors).toBeUndefined();
  expect(await viewsOf(workspace, RITA)).toEqual([]);
  expect(values.at(-2)).toEqual({
    reason: { text: { type: 'plain_text_input', value: '<!channel> errors' } },
  });
  expect(values.at(-1)).toBe('secret');
  const strange = action(workspace, 'submit', { person: RITA, viewId: view?.id, values: {} });
  await expect(strange).rejects.toThrow('no open modal');
});

test.each([
  ['is left out', undefined, 'as planned'],
  ['was emptied', '', null],
  ['has other text', 'later', 'later'],
])('a filled input that %s submits what it shows', async (_, text, value) => {
  const workspace = await startTestWorkspace();
  const values: unknown[] = [];
  const filled = {
    ...reasonInput,
    optional: true,
    element: { ...reasonInput.element, initial_value: 'as planned' },
  };
  await startSocketApp(workspace, (app) => {
    app.command('/release', async ({ command, ack, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: { ...modal, blocks: [filled] } });
      await ack();
    });
    app.view('roll-back', async ({ view, ack }) => {
      values.push(view.state.values);
      await ack();
    });
  });
  const { view } = await action(workspace, 'command', list);
  const typed = text === undefined ? {} : { reason: { text } };
  await action(workspace, 'submit', { person: RITA, viewId: view?.id, values: typed });
  expect(values).toEqual([{ reason: { text: { type: 'plain_text_input', value } } }]);
});

test('a required input that was emptied is refused, whatever it held at first', async () => {
  const workspace = await startTestWorkspace();
  const element = { ...reasonInput.element, initial_value: 'as planned' };
  await startSocketApp(workspace, (app) =>
    app.command('/release', async ({ command, ack, client }) => {
      const view = { ...modal, blocks: [{ ...reasonInput, element }] };
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    }),
  );
  const { view } = await action(workspace, 'command', list);
  const submitted = { person: RITA, viewId: view?.id, values: { reason: { text: '' } } };
  expect((await action(workspace, 'submit', submitted)).errors).toEqual({
    reason: 'This field is required.',
  });
});

test('acknowledgements push, update and clear modals; the stack holds three', async () => {
  const workspace = await startTestWorkspace();
  let response: 'push' | 'update' | 'clear' = 'push';
  await startSocketApp(workspace, (app) => {
    app.command('/release', async ({ command, ack, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: modal });
      await ack();
    });
    app.view('roll-back', async ({ ack }) => {
      if (response === 'clear') await ack({ response_action: 'clear' });
      else await ack({ response_action: response, view: { ...modal, title: plain(response) } });
    });
  });
  await action(workspace, 'command', list);
  const submitTop = async () => {
    const top = (await viewsOf(workspace, RITA)).at(-1);
    return action(workspace, 'submit', { person: RITA, viewId: top?.id, values: { reason: { text: 'x' } } });
  };
  await submitTop();
  response = 'update';
  expect((await submitTop()).view?.title).toBe('update');
  response = 'push';
  await submitTop();
  const stack = await viewsOf(workspace, RITA);
  expect(stack.map((view) => view.title)).toEqual(['Roll back', 'update', 'push']);
  expect(stack[2]?.view).toMatchObject({ root_view_id: stack[0]?.id, previous_view_id: stack[1]?.id });
  expect((await submitTop()).detail).toBe('push_limit_reached');
  const below = action(workspace, 'submit', {
    person: RITA,
    viewId: stack[0]?.id,
    values: { reason: { text: 'x' } },
  });
  await expect(below).rejects.toThrow('on top');
  response = 'clear';
  await submitTop();
  expect(await viewsOf(workspace, RITA)).toEqual([]);
});

test('closing a modal is told to an app that asked for it', async () => {
  const workspace = await startTestWorkspace();
  const closed: unknown[] = [];
  await startSocketApp(workspace, (app) => {
    app.command('/release', async ({ command, ack, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: { ...modal, notify_on_close: true } });
      await ack();
    });
    app.view<ViewClosedAction>({ type: 'view_closed', callback_id: 'roll-back' }, async ({ body, ack }) => {
      closed.push(body.is_cleared);
      await ack();
    });
  });
  const { view } = await action(workspace, 'command', list);
  expect(await action(workspace, 'close-view', { person: RITA, viewId: view?.id })).toMatchObject({
    status: 'acknowledged',
  });
  expect(closed).toEqual([false]);
});

test('a trigger opens one modal, within three seconds', async () => {
  const workspace = await startTestWorkspace();
  const triggers: string[] = [];
  await startSocketApp(workspace, (app) =>
    app.command('/release', async ({ command, ack }) => {
      triggers.push(command.trigger_id);
      await ack();
    }),
  );
  const { client, wall } = workspace;
  const open = (trigger_id: string) => client.views.open({ trigger_id, view: modal });
  await action(workspace, 'command', list);
  const first = triggers[0] ?? '';
  const opened = await open(first);
  expect((await refusalOf(open(first))).error).toBe('exchanged_trigger_id');
  expect((await refusalOf(open('1.2.made-up'))).error).toBe('invalid_trigger_id');
  await action(workspace, 'command', list);
  wall.advance(3_000);
  expect((await refusalOf(open(triggers[1] ?? ''))).error).toBe('expired_trigger_id');
  const id = opened.view?.id ?? '';
  const stale = client.views.update({ view_id: id, view: modal, hash: 'stale' });
  expect((await refusalOf(stale)).error).toBe('hash_conflict');
  const updated = await client.views.update({ view_id: id, view: modal, hash: opened.view?.hash ?? '' });
  expect(updated.view?.hash).not.toBe(opened.view?.hash);
  expect((await refusalOf(client.views.update({ view_id: 'V0', view: modal }))).error).toBe('not_found');
  const bad = await refusalOf(
    client.views.open({ trigger_id: first, view: { ...modal, title: plain('x'.repeat(25)) } }),
  );
  expect(bad.error).toBe('exchanged_trigger_id');
});

test('views.push needs a trigger from a modal', async () => {
  const workspace = await startTestWorkspace();
  const errors: string[] = [];
  const button = { ...goButton, block_id: 'more' };
  await startSocketApp(workspace, (app) => {
    app.command('/release', async ({ command, ack, client }) => {
      errors.push(
        (await refusalOf(client.views.push({ trigger_id: command.trigger_id, view: modal }))).error,
      );
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { ...modal, blocks: [button, reasonInput] },
      });
      await ack();
    });
    app.action('go', async ({ body, ack, client }) => {
      await client.views.push({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view: modal });
      await ack();
    });
  });
  const { view } = await action(workspace, 'command', list);
  expect(errors).toEqual(['invalid_arguments']);
  const values = { reason: { text: 'typed so far' } };
  await action(workspace, 'click', { person: RITA, on: { viewId: view?.id }, actionId: 'go', values });
  expect(await viewsOf(workspace, RITA)).toHaveLength(2);
});

test('the home is published, clicked, and guarded by its hash', async () => {
  const workspace = await startTestWorkspace();
  const { client } = workspace;
  const clicks: unknown[] = [];
  await startSocketApp(workspace, (app) => {
    app.event('app_home_opened', async ({ event, client: own }) => {
      await own.views.publish({ user_id: event.user, view: { type: 'home', blocks: [goButton] } });
    });
    app.action('go', async ({ body, ack }) => {
      clicks.push('container' in body ? body.container : null);
      await ack();
    });
  });
  expect(await action(workspace, 'open-home', { person: RITA })).toMatchObject({ status: 'acknowledged' });
  await expect
    .poll(async () => (await control<HomeTab>(workspace, 'GET', `people/${RITA}/home`)).view)
    .toMatchObject({ type: 'home' });
  await action(workspace, 'click', { person: RITA, on: { home: true }, actionId: 'go' });
  expect(clicks).toEqual([{ type: 'view', view_id: expect.any(String) }]);
  const stale = client.views.publish({ user_id: RITA, hash: 'stale', view: { type: 'home', blocks: [] } });
  expect((await refusalOf(stale)).error).toBe('hash_conflict');
});

test('messages of people reach an app that subscribes, in its channels only', async () => {
  const workspace = await startTestWorkspace();
  const heard: string[] = [];
  await startSocketApp(workspace, (app) => {
    app.message(async ({ message }) => {
      if ('text' in message) heard.push(`${message.channel_type}: ${message.text}`);
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(`mention: ${event.text}`);
    });
  });
  const direct = await control<{ id: string }>(workspace, 'GET', `people/${RITA}/direct`);
  await action(workspace, 'message', { person: RITA, channel: GENERAL, text: 'unheard' });
  await action(workspace, 'message', { person: RITA, channel: RELEASE, text: 'hello @tminus' });
  await action(workspace, 'message', { person: RITA, channel: direct.id, text: 'psst' });
  await expect.poll(() => heard.length).toBe(3);
  expect(heard.sort()).toEqual(['channel: hello <@U0TMINUS>', 'im: psst', 'mention: hello <@U0TMINUS>']);
  const eavesdropping = action(workspace, 'message', { person: EMIL, channel: direct.id, text: 'x' });
  await expect(eavesdropping).rejects.toThrow('someone else');
});

/** Posts to a response URL; the status and the body. */
async function respond(url: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return `${response.status} ${await response.text()}`;
}

async function responseUrlOfCommand() {
  const workspace = await startTestWorkspace();
  const urls: string[] = [];
  await startSocketApp(workspace, (app) =>
    app.command('/release', async ({ command, ack }) => {
      urls.push(command.response_url);
      await ack();
    }),
  );
  await action(workspace, 'command', list);
  return { workspace, url: urls[0] ?? '' };
}

test('a response_url answers five times, privately unless told otherwise', async () => {
  const { workspace, url } = await responseUrlOfCommand();
  expect(await respond(url, { text: 'private' })).toBe('200 ok');
  expect(await respond(url, { text: 'public', response_type: 'in_channel' })).toBe('200 ok');
  expect(await respond(url, {})).toContain('no_text');
  expect(await respond(url, { text: 'instead', replace_original: true })).toBe('200 ok');
  const seen = await messagesIn(workspace, RELEASE, `person=${RITA}`);
  expect(seen.map(({ text, onlyFor }) => [text, onlyFor])).toEqual([
    ['instead', RITA],
    ['public', undefined],
  ]);
  expect(await respond(url, { delete_original: true })).toBe('200 ok');
  expect(await respond(url, { text: 'fifth' })).toBe('200 ok');
  expect(await respond(url, { text: 'sixth' })).toBe('404 {"ok":false,"error":"used_url"}');
});

test('a response_url expires after thirty minutes', async () => {
  const { workspace, url } = await responseUrlOfCommand();
  workspace.wall.advance(30 * 60_000);
  expect(await respond(url, { text: 'late' })).toBe('404 {"ok":false,"error":"expired_url"}');
});

test('a click on a private message can replace and delete it', async () => {
  const workspace = await startTestWorkspace();
  await startSocketApp(workspace, (app) =>
    app.action('go', async ({ ack, respond: answer }) => {
      await answer({ replace_original: true, text: 'voted' });
      await ack();
    }),
  );
  const { message_ts: ts } = await workspace.client.chat.postEphemeral({
    channel: RELEASE,
    user: RITA,
    text: 'vote',
    blocks: [goButton],
  });
  await action(workspace, 'click', { person: RITA, on: { channel: RELEASE, ts }, actionId: 'go' });
  const [message] = await messagesIn(workspace, RELEASE, `person=${RITA}`);
  expect(message).toMatchObject({ ts, text: 'voted', onlyFor: RITA, edits: 1 });
  const other = action(workspace, 'click', { person: EMIL, on: { channel: RELEASE, ts }, actionId: 'go' });
  await expect(other).rejects.toThrow('sees no message');
});
