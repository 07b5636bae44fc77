import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../src/http/http-server.ts';
import { subscriptionRoutes } from '../../src/http/subscriptions.ts';
import { pruneSubscribers } from '../../src/jobs/maintenance/prune-subscribers.ts';
import { silentLog } from '../../src/lib/log.ts';
import { drainToTheEnd } from '../jobs/outbox.ts';
import { createMemoryMail, links, type MemoryMail, withMail } from '../support/memory-mail.ts';
import { openWorld, type World } from '../support/test-services.ts';

let world: World;
let mail: MemoryMail;
let the: ReturnType<typeof withMail>;
let server: HttpServer;
beforeEach(async () => {
  world = await openWorld();
  mail = createMemoryMail({ customers: ['bo@example.com'], staff: [] });
  the = withMail(world, mail, { lists: ['email:customers'] });
  server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    routes: [subscriptionRoutes(the.services)],
    log: silentLog,
  });
});
afterEach(async () => {
  await server.close();
  await world.close();
});

const list = '/subscriptions/email/customers';
const get = (path: string) => fetch(server.url + path);
const post = (path: string, fields: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body: new URLSearchParams(fields) });
const join = (email: string) => post(list, { email });
const rows = () =>
  world.query<{ address: string | null; state: string; source: string }>(
    'select address, state, source from subscribers order by created_at, id',
  );
const bodyOf = (response: Response) => response.text();

/** What waits for an address is sent. */
async function deliverTo(address: string): Promise<void> {
  const destination = `email:address:${encodeURIComponent(`customers/${address}`)}`;
  await drainToTheEnd(world, { jobs: the.jobs, destination });
}

/** The path of the link by which the latest letter asks to confirm. */
function confirmLink(): string {
  const block = mail.letters.at(-1)?.card.blocks.find(({ type }) => type === 'links');
  if (block?.type !== 'links') throw new Error('there is no link in the latest letter');
  return block.links[0]?.url.replace(links.publicUrl, '') ?? '';
}

async function joined(address: string): Promise<void> {
  await join(address);
  await deliverTo(address);
  expect((await post(confirmLink())).status).toBe(200);
}

describe('somebody outside', () => {
  it('joins a list by a message to their address', async () => {
    expect(await bodyOf(await get(list))).toContain('Your e-mail address');
    expect(await bodyOf(await join('Ann@Example.com'))).toContain('Check your mail');
    expect(await rows()).toEqual([{ address: 'ann@example.com', state: 'pending', source: 'self' }]);
    await deliverTo('ann@example.com');
    expect(mail.letters).toMatchObject([
      { to: 'ann@example.com', list: 'customers', unsubscribeUrl: undefined },
    ]);
    // Programs open links; nothing happens by that.
    expect(await bodyOf(await get(confirmLink()))).toContain('Yes, subscribe me');
    expect(await rows()).toMatchObject([{ state: 'pending' }]);
    expect(await bodyOf(await post(confirmLink()))).toContain('You are subscribed');
    expect(await rows()).toMatchObject([{ state: 'subscribed' }]);
    expect((await post(confirmLink())).status).toBe(200);
  });

  it('leaves it by one click, and is forgotten', async () => {
    await joined('ann@example.com');
    await world.query(`insert into deliveries (id, destination, subject, content, created_at)
      values (gen_random_uuid(), 'email:address:customers%2Fann%40example.com', 'x', '{"summary":"News","blocks":[]}', now())`);
    await deliverTo('ann@example.com');
    const leave = mail.letters.at(-1)?.unsubscribeUrl?.replace(links.publicUrl, '') ?? '';
    expect(await bodyOf(await get(leave))).toContain('Stop these messages?');
    expect(await rows()).toMatchObject([{ state: 'subscribed' }]);
    // As RFC 8058 says.
    expect((await post(leave, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await rows()).toEqual([{ address: null, state: 'unsubscribed', source: 'self' }]);
    expect(await bodyOf(await post(leave))).toContain('You are unsubscribed');
    expect((await post(confirmLinkOf(0))).status).toBe(404);
  });

  it('learns of nobody who is on the list', async () => {
    await joined('ann@example.com');
    const answers = await Promise.all(['ann@example.com', 'new@example.com', 'new@example.com'].map(join));
    const seen = await Promise.all(answers.map(async (answer) => [answer.status, await bodyOf(answer)]));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('is asked once in an hour, however often somebody types their address', async () => {
    for (let times = 0; times < 5; times += 1) await join('ann@example.com');
    await deliverTo('ann@example.com');
    expect(mail.letters).toHaveLength(1);
    world.wall.now += 61 * 60_000;
    await join('ann@example.com');
    await deliverTo('ann@example.com');
    expect(mail.letters).toHaveLength(2);
  });

  it('is not asked when very many are at once', async () => {
    await world.query(
      `insert into subscribers (id, channel, list, address, source, state, created_at, asked_at)
        select gen_random_uuid(), 'email', 'customers', n || '@example.com', 'self', 'pending', now(), $1
        from generate_series(1, 200) n`,
      [new Date(world.wall.now)],
    );
    expect((await join('ann@example.com')).status).toBe(200);
    expect(await world.query(`select 1 from subscribers where address = 'ann@example.com'`)).toEqual([]);
  });

  it.each([
    '',
    'ann',
    'ann@',
    'a@example.com, b@example.com',
    `${'a'.repeat(300)}@example.com`,
    'a@b.c\r\nBcc: x@y.z',
  ])('is told that %j is no address', async (address) => {
    const answer = await join(address);
    expect(answer.status).toBe(400);
    expect(await bodyOf(answer)).toContain('That is not an e-mail address.');
    expect(await rows()).toEqual([]);
  });

  it.each(['/subscriptions/email/staff', '/subscriptions/email/none', '/subscriptions/slack/customers'])(
    'finds no list at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
      expect((await post(path, { email: 'ann@example.com' })).status).toBe(404);
    },
  );
});

describe('a link', () => {
  it('works for two days, and an address that nobody confirms is forgotten', async () => {
    await join('ann@example.com');
    await deliverTo('ann@example.com');
    const link = confirmLink();
    world.wall.now += 48 * 60 * 60_000 + 1;
    expect((await get(link)).status).toBe(404);
    expect((await post(link)).status).toBe(404);
    await pruneSubscribers(the.jobs);
    expect(await rows()).toEqual([]);
  });

  it.each(['', '?token=', '?token=x', '?token=1&token=2'])(
    'that is not whole does nothing: %j',
    async (query) => {
      for (const path of ['confirm', 'unsubscribe']) {
        expect((await get(`/subscriptions/${path}${query}`)).status).toBe(404);
        expect((await post(`/subscriptions/${path}${query}`)).status).toBe(404);
      }
    },
  );

  it('is kept nowhere, and the trail names no address', async () => {
    await joined('ann@example.com');
    const kept = JSON.stringify([
      await world.query('select * from deliveries'),
      await world.query('select * from subscribers'),
      await world.query('select * from inbox'),
    ]);
    expect(kept).not.toMatch(/token=|\.[\w-]{43}/);
    const trail = JSON.stringify(await world.query('select * from audit_events'));
    expect(trail).toContain('subscriber.confirmed');
    expect(trail).not.toContain('ann@');
  });
});

describe('somebody whom the configuration names', () => {
  it('has left for good, until they confirm that they want to be back', async () => {
    await world.query(
      `insert into subscribers (id, channel, list, address, source, state, created_at)
        values (gen_random_uuid(), 'email', 'customers', 'bo@example.com', 'configured', 'unsubscribed', now())`,
    );
    await join('bo@example.com');
    expect(await rows()).toMatchObject([{ state: 'pending', source: 'configured' }]);
    world.wall.now += 49 * 60 * 60_000;
    await pruneSubscribers(the.jobs);
    expect(await rows()).toMatchObject([{ state: 'unsubscribed', source: 'configured' }]);
    await joined('bo@example.com');
    expect(await rows()).toMatchObject([{ address: 'bo@example.com', state: 'subscribed', source: 'self' }]);
  });
});

it('the pages run nothing and load nothing', async () => {
  const answer = await get(list);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await bodyOf(answer)).not.toMatch(/<script|src=|@import/);
});

function confirmLinkOf(index: number): string {
  const block = mail.letters[index]?.card.blocks.find(({ type }) => type === 'links');
  return block?.type === 'links' ? (block.links[0]?.url.replace(links.publicUrl, '') ?? '') : '';
}
