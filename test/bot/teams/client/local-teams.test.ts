import { afterEach, beforeEach, expect, it } from 'vitest';
import { SandboxClock } from '../../../../sandbox/sandbox-clock.ts';
import { type LocalTeams, startLocalTeams } from '../../../app/start-teams-app.ts';
import { describeMessageChannel } from '../../../support/message-channel-contract.ts';
import { openTeamsPlatform } from './open-teams-platform.ts';

let teams: LocalTeams;
beforeEach(async () => {
  teams = await startLocalTeams(new SandboxClock());
});
afterEach(() => teams.close());

const idOf = (name: string) => teams.seed.people.find((person) => person.name === name)?.id ?? '';
const channelId = () => teams.seed.channels.find(({ name }) => name === 'release-deployment')?.id ?? '';

const openPlatform = () => openTeamsPlatform(teams);

it('finds channels by names and ids, and people by their address and id', async () => {
  const platform = await openPlatform();
  const found = { id: channelId(), name: 'release-deployment', isMember: true };
  const named = platform.readAddress('teams:Web Platform/release-deployment') ?? '';
  expect(await platform.findChannel(named)).toEqual(found);
  expect(await platform.findChannel(`${teams.seed.team.id}/${channelId()}`)).toEqual(found);
  expect(await platform.findChannel('#release-deployment')).toEqual(found);
  expect(await platform.findChannel('Web Platform/General')).toMatchObject({ id: teams.seed.team.id });
  expect(await platform.findChannel('Other/release-deployment')).toBeNull();
  const rita = { id: idOf('rita'), name: 'Rita Moreno', email: 'rita@example.com' };
  expect(await platform.findPersonByEmail('Rita@example.com')).toEqual(rita);
  expect(await platform.findPersonByEmail('nobody@example.com')).toBeNull();
  expect(await platform.findPerson(idOf('rita'))).toEqual(rita);
  expect(await platform.findPerson('00000000-0000-4000-8000-000000000000')).toBeNull();
});

it('says who is in a team', async () => {
  const platform = await openPlatform();
  const group = platform.readGroup('teams:Web Platform') ?? '';
  expect(await platform.isInGroup(group, idOf('rita'))).toBe(true);
  expect(await platform.isInGroup(group, '00000000-0000-4000-8000-000000000000')).toBe(false);
  expect(await platform.isInGroup('Other', idOf('rita'))).toBe(false);
  expect(platform.readGroup('@sre')).toBeNull();
  expect(platform.readGroup('teams:Web Platform/support')).toBeNull();
});

it('names a channel as a plan has to, and none that is not there', async () => {
  const platform = await openPlatform();
  const address = await platform.addressOf?.('#support');
  expect(address).toBe('teams:Web Platform/support');
  const found = await platform.findChannel(platform.readAddress(address ?? '') ?? '');
  expect(found).toMatchObject({ name: 'support' });
  expect(await platform.addressOf?.('#nowhere')).toBeNull();
});

it('writes to somebody whom it has only looked up, and below a message of its own', async () => {
  const platform = await openPlatform();
  await platform.findPersonByEmail('rita@example.com');
  const card = { summary: 'Hello', blocks: [] };
  const rita = { channel: 'teams', kind: 'person', id: idOf('rita') } as const;
  expect(await platform.post({ destination: rita, card, deliveryId: 'd' })).toMatchObject({ result: 'sent' });
  await platform.findChannel('#release-deployment');
  const channel = { channel: 'teams', kind: 'channel', id: channelId() } as const;
  const root = await platform.post({ destination: channel, card, deliveryId: 'd' });
  if (root.result !== 'sent') throw new Error(JSON.stringify(root));
  const reply = await platform.post({ destination: channel, card, deliveryId: 'e', replyTo: root });
  if (reply.result !== 'sent') throw new Error(JSON.stringify(reply));
  const { messages } = { messages: await teams.control.messages(channelId(), { threadTs: root.messageId }) };
  expect(messages.map(({ ts }) => ts)).toEqual([root.messageId, reply.messageId]);
  expect(await platform.update({ destination: channel, card, ...reply })).toMatchObject({ result: 'sent' });
});

it.each([
  ['#support', '#support'],
  ['teams:Web Platform/support', 'Web Platform/support'],
  ['teams:A/B/19:x@thread.tacv2', 'A/B/19:x@thread.tacv2'],
  ['teams:support', null],
  ['C0123456789', null],
  ['slack:C0123456789', null],
])('reads the address %s of a plan as %j', async (address, read) => {
  expect((await openPlatform()).readAddress(address)).toBe(read);
});

const can = { find: false, update: true, refusesUnknown: true, loseAnswer: true };
describeMessageChannel('Teams, over the local one,', can, async () => {
  const channel = await openPlatform();
  await channel.findChannel('#release-deployment');
  const destination = { channel: 'teams', kind: 'channel', id: channelId() } as const;
  return {
    channel,
    destination,
    unknown: { ...destination, id: '19:nowhere@thread.tacv2' },
    personId: idOf('rita'),
    loseAnswer: () => teams.control.faults([{ kind: 'drop-after-posting', methods: [], times: 1 }]),
    shown: async () =>
      (await teams.control.messages(channelId())).map(({ attachments }) => {
        type FirstLine = { inlines?: { text: string }[]; text?: string };
        const card = attachments?.[0]?.content as { body: FirstLine[] } | undefined;
        const { inlines, text = '' } = card?.body[0] ?? {};
        return inlines?.map((run) => run.text).join('') ?? text;
      }),
    close: async () => undefined,
  };
});
