import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeMember } from '../../../src/core/address/list-member.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { loadRelease } from '../../../src/db/queries/load-release.ts';
import { subscribers } from '../../../src/db/schema/subscriptions.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { deliver } from '../../../src/services/kernel/effects.ts';
import type { Scope } from '../../../src/services/kernel/scope.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { destinationsFor } from '../../../src/services/release/destinations-for.ts';
import { copySubject, deliverCopies } from '../../../src/services/subscriptions/copies.ts';
import {
  confirmListSubscription,
  endListSubscription,
  requestListSubscription,
} from '../../../src/services/subscriptions/list-subscription.ts';
import {
  subscribe,
  unsubscribe,
  unsubscribeAll,
} from '../../../src/services/subscriptions/own-subscriptions.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import { createMemoryMail, type MemoryMail, withMail } from '../../support/memory-mail.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, inWords, playUntil } from '../steps.ts';

let world: World;
let mail: MemoryMail;
let the: ReturnType<typeof withMail>;
beforeEach(async () => {
  world = await openWorld();
  mail = createMemoryMail({
    customers: ['Ann@example.com', 'bo@example.com'],
    partners: ['ann@example.com'],
  });
  the = withMail(world, mail, { audiences: ['support', 'engineering'], lists: ['email:customers'] });
});
afterEach(() => world.close());

const support = (...addresses: string[]) => ({
  ...world.plan,
  channels: { ...world.plan.channels, support: addresses },
});
async function plan(...addresses: string[]): Promise<string> {
  return accepted(await createRelease({ ctx: the.as('rita'), input: { plan: support(...addresses) } }))
    .releaseId;
}

/** Runs in a transaction what a verb would. */
async function within(work: (scope: Scope) => Promise<void>): Promise<void> {
  const ctx = asSystem(the.services);
  await withTransaction(world.services.db, async (tx) => {
    const audit = () => undefined;
    await work({
      ctx,
      tx,
      now: world.clock.now(),
      audit,
      actWith: audit,
      invalidateCards: audit,
      notify: audit,
    });
  });
}

/** As the schedule sends a message to support. */
async function send(releaseId: string, text = 'News'): Promise<void> {
  const release = await loadRelease(world.services.db, { id: releaseId });
  const [row] = await world.query<{ id: string }>(
    'select id from communications where release_id = $1 limit 1',
    [releaseId],
  );
  if (!release || !row) throw new Error('there is no release');
  const content = { summary: text, blocks: [] };
  const to = destinationsFor(release, 'support');
  await within(async (scope) => {
    await deliver(scope, {
      releaseId,
      communicationId: row.id,
      to,
      subject: 'x',
      content,
      audience: 'support',
    });
    await deliverCopies(scope, release, { communicationId: row.id, audience: 'support', content, to });
  });
}

async function drainAll(): Promise<void> {
  const open = await world.query<{ destination: string }>(
    `select distinct destination from deliveries where state in ('pending', 'sending')`,
  );
  for (const { destination } of open) await drainToTheEnd(world, { jobs: the.jobs, destination });
}
const letters = () => mail.letters.map(({ to, card }) => `${to}: ${lineText(card.summary)}`);
const copiesAt = (person: PersonName) =>
  world.platform
    .shown(`slack:person:U0${person.toUpperCase()}`)
    .filter((summary) => !summary.includes('release'));
const system = () => asSystem(the.services, 'subscriptions');
const subscriberOf = async (address: string) =>
  (
    await world.query<{ id: string; state: string }>('select id, state from subscribers where address = $1', [
      address,
    ])
  )[0];

describe('a list', () => {
  it('becomes its recipients, each of whom has a delivery and a link of their own', async () => {
    const releaseId = await plan('#support', 'email:customers', 'email:partners', 'email:ANN@example.com');
    await send(releaseId);
    const rows = await world.query(
      `select destination, about -> 'release' ->> 'key' as key from deliveries where subject = 'x' order by seq`,
    );
    expect(rows).toEqual([
      { destination: 'slack:channel:C-support', key: null },
      { destination: 'email:address:customers%2Fann%40example.com', key: 'web-2.4.0' },
      { destination: 'email:address:customers%2Fbo%40example.com', key: 'web-2.4.0' },
    ]);
    await drainAll();
    expect(letters()).toEqual(['ann@example.com: News', 'bo@example.com: News']);
    expect(new Set(mail.letters.map(({ unsubscribeUrl }) => unsubscribeUrl)).size).toBe(2);
    expect(JSON.stringify(await world.query('select * from deliveries'))).not.toContain('token=');
  });

  it('leaves out whoever has left it, a message that waited for them too', async () => {
    const releaseId = await plan('email:customers');
    await send(releaseId, 'One');
    const ann = await subscriberOf('ann@example.com');
    accepted(await endListSubscription({ ctx: system(), input: { subscriberId: ann?.id ?? '' } }));
    await drainAll();
    await send(releaseId, 'Two');
    await drainAll();
    expect(letters()).toEqual(['bo@example.com: One', 'bo@example.com: Two']);
    // Nobody is told of what was meant to be.
    expect(await world.query(`select 1 from deliveries where subject like 'delivery-%'`)).toEqual([]);
  });

  it('tells the release manager of each recipient who is refused', async () => {
    const releaseId = await plan('email:customers');
    await send(releaseId);
    mail.mishaps.push({ result: 'refused', code: 'smtp-550', detail: 'no such mailbox' });
    const destination = 'email:address:customers%2Fann%40example.com';
    await drainToTheEnd(world, { jobs: the.jobs, destination });
    await drainAll();
    expect(letters()).toHaveLength(1);
    const [notice, ...more] = await world.query<{ content: Card }>(
      `select content from deliveries where subject = 'delivery-failed'`,
    );
    expect(notice?.content.summary).toBe(
      'web-2.4.0: a message to a…@example.com (list customers) could not be delivered',
    );
    expect(more).toEqual([]);
  });

  it('leaves no address in the audit trail, from which nothing is removed', async () => {
    const releaseId = await plan('email:customers');
    await send(releaseId);
    const ann = await subscriberOf('ann@example.com');
    accepted(await endListSubscription({ ctx: system(), input: { subscriberId: ann?.id ?? '' } }));
    mail.mishaps.push({ result: 'refused', code: 'smtp-550', detail: 'no such mailbox' });
    await drainAll();
    await playUntil({ ...world, jobs: the.jobs, services: the.services }, '2030-06-12T12:00:00Z');
    const moved = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive), reason: 'More tests.' };
    accepted(await rescheduleRelease({ ctx: the.as('rita'), input: { releaseKey: 'web-2.4.0', ...moved } }));
    const bodies = (await world.query<{ body: string }>('select body from audit_events')).map(
      ({ body }) => body,
    );
    expect(bodies.filter((body) => body.includes('"delivery.failed"'))).toHaveLength(2);
    expect(bodies.filter((body) => body.includes('"email:address:customers"')).length).toBeGreaterThan(2);
    expect(bodies.filter((body) => /customers%2F/i.test(body))).toEqual([]);
  });

  it('has no live cards', async () => {
    await plan('email:customers', '#support');
    const channels = { ...world.plan.channels, release: ['#release-deployment', 'email:customers'] };
    const changed = { ...world.plan, release: 'web-2.5.0', version: '2.5.0', channels };
    accepted(await createRelease({ ctx: the.as('rita'), input: { plan: changed } }));
    await playUntil({ ...world, jobs: the.jobs, services: the.services }, goLive);
    expect(await world.query(`select 1 from cards where destination like 'email:%'`)).toEqual([]);
  });

  it('has to exist before a plan can name it', async () => {
    const input = { plan: support('email:everyone') };
    expect(inWords(await createRelease({ ctx: the.as('rita'), input }))).toMatchObject({
      refusal: { reasons: ['Nothing can be sent to email:everyone. There is no list "everyone".'] },
    });
  });
});

describe('somebody who subscribes', () => {
  const wanted = { audience: 'support', product: null } as const;

  it('gets one copy of each message, wherever else it goes and however often they subscribed', async () => {
    const releaseId = await plan('#support');
    accepted(await subscribe({ ctx: the.as('nina'), input: wanted }));
    accepted(await subscribe({ ctx: the.as('nina'), input: { audience: null, product: 'web SHOP' } }));
    await send(releaseId);
    await drainAll();
    expect(copiesAt('nina')).toEqual(['News']);
    accepted(await unsubscribe({ ctx: the.as('nina'), input: wanted }));
    await send(releaseId, 'More');
    accepted(await unsubscribeAll({ ctx: the.as('nina'), input: {} }));
    await send(releaseId, 'Most');
    await drainAll();
    expect(copiesAt('nina')).toEqual(['News', 'More']);
  });

  it('gets what the schedule sends, and the correction when go-live moves', async () => {
    await plan('#support');
    accepted(await subscribe({ ctx: the.as('nina'), input: { audience: null, product: null } }));
    await playUntil({ ...world, jobs: the.jobs, services: the.services }, '2030-06-12T12:00:00Z');
    await drainAll();
    const [{ count } = { count: 0 }] = await world.query<{ count: number }>(
      `select count(*)::int as count from deliveries where subject = $1`,
      [copySubject],
    );
    expect(count).toBeGreaterThan(0);
    const moved = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive), reason: 'More tests.' };
    accepted(await rescheduleRelease({ ctx: the.as('rita'), input: { releaseKey: 'web-2.4.0', ...moved } }));
    const told = `select 1 from deliveries where destination = 'slack:person:U0NINA' and subject = 'correction'`;
    expect(await world.query(told)).toHaveLength(1);
    await drainAll();
    accepted(await unsubscribeAll({ ctx: the.as('nina'), input: {} }));
    const again = { ...moved, date: '2030-06-26', from: Date.parse('2030-06-25T08:00:00Z') };
    accepted(await rescheduleRelease({ ctx: the.as('rita'), input: { releaseKey: 'web-2.4.0', ...again } }));
    expect(await world.query(told)).toHaveLength(1);
  });

  it.each([
    [
      { audience: 'qa', product: null },
      "You can't subscribe to messages for qa. You can subscribe to those for support and engineering.",
    ],
    [{ audience: null, product: 'Nothing' }, 'There is no release of a product "Nothing".'],
  ] as const)('is refused %o', async (input, message) => {
    await plan('#support');
    expect(inWords(await subscribe({ ctx: the.as('nina'), input }))).toMatchObject({ refusal: { message } });
  });

  it('is told what they have', async () => {
    accepted(await subscribe({ ctx: the.as('nina'), input: wanted }));
    expect(inWords(await subscribe({ ctx: the.as('nina'), input: wanted }))).toMatchObject({
      refusal: { message: 'You already get messages for support.' },
    });
    const other = { audience: 'engineering', product: null } as const;
    expect(inWords(await unsubscribe({ ctx: the.as('nina'), input: other }))).toMatchObject({
      refusal: {
        message: "You don't get messages for engineering by subscription. You get messages for support.",
      },
    });
    expect(inWords(await unsubscribeAll({ ctx: the.as('bo'), input: {} }))).toMatchObject({
      refusal: { message: 'You have no subscription.' },
    });
  });

  it('can do so only where an operator has opened something', async () => {
    const ctx = { ...the.as('nina'), subscriptions: { ...the.services.subscriptions, audiences: [] } };
    expect(inWords(await subscribe({ ctx, input: wanted }))).toMatchObject({
      refusal: { message: 'No messages are open to subscription yet.' },
    });
  });
});

it('whatever happens in whatever order, nobody gets two copies and nobody who has left gets one', async () => {
  const releaseId = await plan('#support', 'email:customers', 'email:partners');
  const addresses = ['ann@example.com', 'bo@example.com', 'cy@example.com', 'di@example.com'];
  const people = ['nina', 'tom'] as const;
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('join', 'confirm', 'leave'), address: fc.constantFrom(...addresses) }),
    fc.record({
      do: fc.constantFrom('subscribe', 'unsubscribe', 'unsubscribeAll'),
      person: fc.constantFrom(...people),
      product: fc.constantFrom('Web shop', null),
    }),
    fc.record({ do: fc.constantFrom('send', 'drain') }),
  );
  let sent = 0;
  /** Who wanted the messages at some time since they were sent, and who does now. */
  const expected = new Map<string, Set<string>>();
  const wantsMail = async () =>
    (
      await world.query<{ address: string }>(`select address from subscribers where state = 'subscribed'`)
    ).map(({ address }) => address);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      mail.letters.length = 0;
      const left = new Map<string, number>();
      for (const one of [...steps, { do: 'send' }, { do: 'drain' }]) {
        const {
          address = '',
          person = 'nina',
          product = null,
        } = one as {
          address?: string;
          person?: PersonName;
          product?: string | null;
        };
        const row = address === '' ? undefined : await subscriberOf(address);
        const input = { audience: 'support', product } as const;
        const ctx = the.as(person);
        if (one.do === 'join')
          await requestListSubscription({
            ctx: system(),
            input: { channel: 'email', list: 'customers', address },
          });
        if (one.do === 'confirm' && row?.state === 'pending')
          accepted(await confirmListSubscription({ ctx: system(), input: { subscriberId: row.id } }));
        if (one.do === 'leave') {
          const rows = await world.query<{ id: string }>('select id from subscribers where address = $1', [
            address,
          ]);
          for (const { id } of rows)
            accepted(await endListSubscription({ ctx: system(), input: { subscriberId: id } }));
          left.set(address, mail.letters.length);
        }
        if (one.do === 'subscribe') await subscribe({ ctx, input });
        if (one.do === 'unsubscribe') await unsubscribe({ ctx, input });
        if (one.do === 'unsubscribeAll') await unsubscribeAll({ ctx, input: {} });
        if (one.do === 'send') {
          const before = await world.query<{ person_id: string }>(
            'select distinct person_id from subscriptions',
          );
          const text = `Message ${sent++}`;
          await send(releaseId, text);
          expected.set(text, new Set(before.map(({ person_id: id }) => id)));
        }
        if (one.do === 'drain') {
          const wanted = new Set(await wantsMail());
          const from = mail.letters.length;
          await drainAll();
          for (const { to, card } of mail.letters.slice(from)) {
            if (lineText(card.summary).startsWith('Message')) expect(wanted, `${to} has left`).toContain(to);
          }
        }
      }
      const seen = mail.letters.filter(({ card }) => lineText(card.summary).startsWith('Message'));
      const keys = seen.map(({ to, card }) => `${to} ${lineText(card.summary)}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const person of people) {
        const shown = copiesAt(person).filter((text) => text.startsWith('Message'));
        expect(new Set(shown).size).toBe(shown.length);
      }
    }),
    { numRuns: 25 },
  );
  for (const person of people) {
    const [{ id } = { id: '' }] = await world.query<{ id: string }>(
      `select person_id as id from identities where platform_id = $1`,
      [`U0${person.toUpperCase()}`],
    );
    for (const [text, wanted] of expected) {
      expect(copiesAt(person).includes(text), `${person} ${text}`).toBe(wanted.has(id));
    }
  }
}, 120_000);

it('a message to a recipient whom the outbox knows, but no list, is not sent', async () => {
  await world.services.db.delete(subscribers);
  const id = writeMember({ list: 'customers', address: 'eve@example.com' });
  const releaseId = await plan('#support');
  await within((scope) =>
    deliver(scope, {
      releaseId,
      to: [{ channel: 'email', kind: 'address', id }],
      subject: 'x',
      content: { summary: 'News', blocks: [] },
    }),
  );
  expect(await world.query(`select 1 from deliveries where subject = 'x'`)).toEqual([]);
});
