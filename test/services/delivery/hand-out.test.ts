import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { inlines } from '../../../src/core/card/line.ts';
import { drainDestination } from '../../../src/jobs/outbox/drain-destination.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { goLive, idOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, actionsOf, inWords, planRelease, playUntil } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.platform.groups = { '@support-oncall': [idOf('emil'), idOf('quinn')] };
});
afterEach(() => world.close());

const group = 'slack:group:%40support-oncall';
const chat = (name: PersonName) => `slack:person:${idOf(name)}`;
const support = (...addresses: string[]) => ({
  channels: { ...world.plan.channels, support: addresses },
});

async function sendTo(...addresses: string[]): Promise<string> {
  const releaseId = await planRelease(world, support(...addresses));
  await playUntil(world, '2030-06-11T14:00:00Z');
  await sendAll();
  return releaseId;
}

/** Sends what waits anywhere, and what comes of that. */
async function sendAll(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const open = await world.query<{ destination: string }>(
      `select distinct destination from deliveries where state in ('pending', 'sending')`,
    );
    for (const { destination } of open) await drainDestination(world.jobs, decodeDestination(destination));
    if (open.length === 0) return;
    world.wall.now += 60_000;
  }
}

const titlesAt = (name: PersonName) => world.platform.shown(chat(name));
const subjectsAt = async (destination: string) => {
  const rows = await world.query<{ subject: string }>(
    'select subject from deliveries where destination = $1 order by seq',
    [destination],
  );
  return rows.map(({ subject }) => subject);
};

describe('what goes to a user group', () => {
  it('reaches each member by a message of their own, and nobody twice', async () => {
    const releaseId = await sendTo('@support-oncall', 'person:quinn@example.com');
    const own = await subjectsAt(chat('quinn'));
    expect(own).toContain('customer-announcement');
    expect(own.filter((subject) => subject === 'customer-announcement')).toHaveLength(1);
    expect(await subjectsAt(chat('emil'))).toContain('customer-announcement');
    expect(await subjectsAt(group)).toEqual([]);
    expect(await actionsOf(world, releaseId)).toContain('delivery.handed-out');
  });

  it('reaches those who are in it when it is sent', async () => {
    await planRelease(world, support('@support-oncall'));
    world.platform.groups['@support-oncall'] = [idOf('dana')];
    await playUntil(world, '2030-06-11T14:00:00Z');
    await sendAll();
    expect(await subjectsAt(chat('dana'))).toContain('customer-announcement');
    expect(await subjectsAt(chat('emil'))).not.toContain('customer-announcement');
  });

  it('waits while the platform does not say who is in it', async () => {
    await planRelease(world, support('@support-oncall'));
    await playUntil(world, '2030-06-11T14:00:00Z');
    world.platform.groups['@support-oncall'] = null;
    await drainDestination(world.jobs, decodeDestination(group));
    expect(titlesAt('emil')).toEqual([]);
    world.platform.groups['@support-oncall'] = [idOf('emil')];
    world.wall.now += 600_000;
    await sendAll();
    expect(await subjectsAt(chat('emil'))).toContain('customer-announcement');
  });

  it('ends, and the release manager hears of it, when nobody is in it', async () => {
    await planRelease(world, support('@support-oncall'));
    world.platform.groups['@support-oncall'] = [];
    await playUntil(world, '2030-06-11T14:00:00Z');
    await sendAll();
    const failed = await world.query<{ error: string }>(
      `select error from deliveries where state = 'failed'`,
    );
    expect(failed[0]?.error).toBe('group-empty: nobody is in the group');
    expect(titlesAt('rita').join('\n')).toContain('@support-oncall');
  });

  it('is corrected once for each member', async () => {
    await sendTo('@support-oncall');
    const before = world.platform.messages.length;
    const input = { date: '2030-06-25', time: '10:00', reason: 'Holidays.', from: Date.parse(goLive) };
    accepted(
      await rescheduleRelease({ ctx: world.as('rita'), input: { releaseKey: 'web-2.4.0', ...input } }),
    );
    await sendAll();
    const after = world.platform.messages.slice(before);
    expect(after.filter(({ destination }) => destination === chat('quinn'))).toHaveLength(1);
  });

  it('is refused before anything is planned when there is no such group or person', async () => {
    const plan = { ...world.plan, ...support('@nobody', 'person:nobody@example.com') };
    const refused = inWords(await createRelease({ ctx: world.as('rita'), input: { plan } }));
    expect(refused).toMatchObject({
      refusal: {
        reasons: [
          'There is no group @nobody that I can see. For one person, write person: and their e-mail address.',
          'person:nobody@example.com: nobody in this workspace has the e-mail address nobody@example.com.',
        ],
      },
    });
  });
});

describe('the user group of a role', () => {
  it('is mentioned along with whoever has to act', async () => {
    const { devops_lead } = world.plan.roles;
    await planRelease(world, {
      roles: { ...world.plan.roles, devops_lead: { ...devops_lead, group: '@support-oncall' } },
    });
    await playUntil(world, '2030-06-17T20:00:00Z');
    await sendAll();
    const called = world.platform.messages.flatMap(({ card }) =>
      card.blocks
        .flatMap((block) =>
          block.type === 'list' ? block.items.flat() : 'content' in block ? block.content : [],
        )
        .concat(inlines(card.summary))
        .filter((inline) => inline.type === 'place' && inline.mention),
    );
    expect(called[0]).toEqual({
      type: 'place',
      name: '@support-oncall',
      destination: decodeDestination(group),
      mention: true,
    });
  });
});
