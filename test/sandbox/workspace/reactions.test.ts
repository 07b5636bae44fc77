import { expect, test } from 'vitest';
import {
  action,
  control,
  EMIL,
  followEvents,
  messagesIn,
  RELEASE,
  RITA,
  startTestWorkspace,
} from './harness.ts';

test('people add emoji to a message and take theirs away, and the app reads them', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const { ts = '' } = await client.chat.postMessage({ channel: RELEASE, text: 'Done' });
  const events = await followEvents(workspace);
  const react = (person: string, name: string, on = true) =>
    action(workspace, 'react', { person, channel: RELEASE, ts, name, on });
  await react(RITA, 'tada');
  await react(EMIL, '+1');
  await react(EMIL, 'tada');
  // Again is no second one.
  const { message } = await react(EMIL, 'tada');
  const both = [
    { name: 'tada', people: [RITA, EMIL] },
    { name: '+1', people: [EMIL] },
  ];
  expect(message).toMatchObject({ ts, text: 'Done', edits: 0, reactions: both });
  expect(await events.next('reactions')).toEqual({
    type: 'reactions',
    channel: RELEASE,
    ts,
    reactions: [{ name: 'tada', people: [RITA] }],
  });

  await client.chat.update({ channel: RELEASE, ts, text: 'Done now' });
  const { messages } = await client.conversations.history({ channel: RELEASE });
  expect(messages?.[0]).toMatchObject({
    text: 'Done now',
    reactions: [
      { name: 'tada', users: [RITA, EMIL], count: 2 },
      { name: '+1', users: [EMIL], count: 1 },
    ],
  });

  await react(EMIL, '+1', false);
  await react(EMIL, 'tada', false);
  await react(RITA, 'tada', false);
  expect((await messagesIn(workspace, RELEASE))[0]).not.toHaveProperty('reactions');
});

test('reactions outlive a restart, and go with their message', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { ts = '' } = await workspace.client.chat.postMessage({ channel: RELEASE, text: 'Done' });
  await action(workspace, 'react', { person: RITA, channel: RELEASE, ts, name: 'eyes', on: true });
  await action(workspace, 'message', { person: RITA, channel: RELEASE, threadTs: ts, text: 'A reply' });
  await workspace.close();

  const again = await startTestWorkspace({ dataDir: workspace.dataDir, limits: 'off' });
  const reactions = [{ name: 'eyes', people: [RITA] }];
  expect((await messagesIn(again, RELEASE))[0]).toMatchObject({ ts, reactions });
  await again.client.chat.delete({ channel: RELEASE, ts });
  expect((await messagesIn(again, RELEASE))[0]).not.toHaveProperty('reactions');
});

test('what cannot be reacted to is refused', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  const { client } = workspace;
  const { message_ts: ts = '' } = await client.chat.postEphemeral({
    channel: RELEASE,
    user: RITA,
    text: 'Only for you',
  });
  const react = (over: object) =>
    control(workspace, 'POST', 'actions/react', {
      person: RITA,
      channel: RELEASE,
      ts,
      name: 'eyes',
      on: true,
      ...over,
    });
  await expect(react({})).rejects.toThrow(`There is no message ${ts}`);
  await expect(react({ name: ':eyes:' })).rejects.toThrow('without colons');
  const { channel } = await client.conversations.open({ users: EMIL });
  await expect(react({ channel: channel?.id })).rejects.toThrow("someone else's direct messages");
});
