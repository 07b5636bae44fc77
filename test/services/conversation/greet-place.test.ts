import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteConversation, noteRemoval } from '../../../src/db/queries/conversations.ts';
import { greetPlace } from '../../../src/services/conversation/greet-place.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { idOf, openWorld, type World } from '../../support/test-services.ts';
import { accepted } from '../steps.ts';

let world: World;
const rita = { platform: 'slack', kind: 'person', id: idOf('rita') } as const;
const group = { platform: 'slack', kind: 'group', id: 'G1' } as const;

beforeEach(async () => {
  world = await openWorld();
  for (const place of [rita, group])
    await noteConversation(world.services.db, {
      ...place,
      workspaceId: 'T1',
      serviceUrl: 'https://chat.example',
    });
});
afterEach(() => world.close());

const greet = async (place: typeof rita | typeof group, channelId: string | null = null) =>
  accepted(await greetPlace({ ctx: asSystem(world.services, 'directory'), input: { ...place, channelId } }))
    .greeted;
const greeted = () =>
  world.query<{ destination: string }>(
    `select destination from deliveries where subject = 'greeting' order by seq`,
  );

it('greets a person in their chat, and a group in one of its channels', async () => {
  expect(await greet(rita)).toBe(true);
  expect(await greet(group, 'C-support')).toBe(true);
  expect(await greeted()).toEqual([
    { destination: `slack:person:${idOf('rita')}` },
    { destination: 'slack:channel:C-support' },
  ]);
});

it('greets each place once, also after it was removed and added again', async () => {
  await Promise.all([greet(rita), greet(rita)]);
  await noteRemoval(world.services.db, { ...rita, at: world.wall.now });
  expect(await greet(rita)).toBe(false);
  expect(await greeted()).toHaveLength(1);
});

it('greets nobody of whom it does not know how to reach them', async () => {
  expect(await greet({ ...rita, id: 'U-unknown' as typeof rita.id })).toBe(false);
  expect(await greeted()).toEqual([]);
});
