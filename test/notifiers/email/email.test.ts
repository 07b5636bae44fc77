import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Card, paragraph } from '../../../src/core/card/card.ts';
import { notifier } from '../../../src/notifiers/email/index.ts';
import { credentials, type MailMishap, type MailServer, startMailServer } from '../../support/mail-server.ts';
import { describeMessageChannel } from '../../support/message-channel-contract.ts';
import { openEmail } from './open-email.ts';

const to = (id: string) => ({ channel: 'email', kind: 'address', id }) as const;
const destination = to('ann@example.com');
const card: Card = { summary: 'Hello', blocks: [paragraph('Hello')] };
const deliveryId = '0192f6d2-1111-7000-8000-000000000001';

describeMessageChannel(
  'The e-mail notifier',
  { find: false, update: false, refusesUnknown: true, loseAnswer: true },
  async () => {
    const server = await startMailServer();
    return {
      channel: openEmail(server.port),
      destination,
      unknown: to('nowhere'),
      shown: async () => server.received.map(({ mail }) => mail.subject ?? ''),
      loseAnswer: async () => server.mishaps.push({ at: 'after-message' }),
      close: server.close,
    };
  },
);

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.close());

const refusal = (words: string) => Object.assign(new Error(words), { responseCode: 550 });

const post = (settings?: Parameters<typeof openEmail>[1], more: object = {}) =>
  openEmail(server.port, settings).post({ destination, card, deliveryId, ...more });

describe('what a server answers', () => {
  it.each<[MailMishap, object]>([
    [
      { at: 'recipient', code: 550 },
      { result: 'refused', code: 'smtp-550' },
    ],
    [{ at: 'recipient', code: 451 }, { result: 'not-sent' }],
    [
      { at: 'message', code: 554 },
      { result: 'refused', code: 'smtp-554' },
    ],
    [{ at: 'message', code: 452 }, { result: 'not-sent' }],
    [{ at: 'after-message' }, { result: 'unknown' }],
    [{ at: 'silence' }, { result: 'unknown' }],
  ])('%o', async (mishap, outcome) => {
    server.mishaps.push(mishap);
    expect(await post({ timeoutMs: 1_000 })).toMatchObject(outcome);
    expect(server.connections()).toBe(1);
  });

  it('does not pass on the address of a recipient of a list, which servers repeat', async () => {
    const echo = 'No mailbox <Ann@example.com> here';
    const rude = await startMailServer({ onRcptTo: (_to, _session, done) => done(refusal(echo)) });
    const ofList = { destination: to('customers/ann@example.com'), card, deliveryId };
    const answer = await openEmail(rude.port).post(ofList);
    expect(answer).toMatchObject({ result: 'refused', detail: expect.stringContaining('<the recipient>') });
    expect(JSON.stringify(answer)).not.toMatch(/ann@/i);
    await rude.close();
  });

  it('sends nothing when another process has taken the delivery over', async () => {
    expect(await post({}, { isStillOurs: async () => false })).toMatchObject({ result: 'not-sent' });
    expect(server.received).toEqual([]);
  });

  it('is certainly not there when nobody listens', async () => {
    await server.close();
    expect(await post()).toMatchObject({ result: 'not-sent' });
    server = await startMailServer();
  });

  it('closes the place when the password is wrong, and does not repeat it', async () => {
    const answer = await post({ server: { password: 'top-secret' } });
    expect(answer).toMatchObject({ result: 'closed', code: 'smtp-535' });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
    expect(server.received).toEqual([]);
  });
});

describe('the connection', () => {
  it('is encrypted before anything is sent, or nothing is', async () => {
    const plain = await startMailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    const answer = await openEmail(plain.port).post({ destination, card, deliveryId });
    expect(answer).toMatchObject({ result: 'closed', code: 'tls' });
    expect(plain.received).toEqual([]);
    await plain.close();
  });

  it('is refused when the certificate is not trusted', async () => {
    expect(await post({ server: { caFile: undefined } })).toMatchObject({ result: 'closed', code: 'tls' });
    expect(server.received).toEqual([]);
  });

  it('is one of so many at a time', async () => {
    let open = 0;
    let most = 0;
    const busy = await startMailServer({
      onConnect: (_session, done) => {
        open += 1;
        most = Math.max(most, open);
        done();
      },
      onClose: () => {
        open -= 1;
      },
    });
    const email = openEmail(busy.port, { connections: 2 });
    const posts = Array.from({ length: 8 }, (_, index) =>
      email.post({ destination, card, deliveryId: `delivery-${index}` }),
    );
    expect((await Promise.all(posts)).map(({ result }) => result)).toEqual(Array(8).fill('sent'));
    // One that has ended may be seen to end after the next has begun.
    expect(most).toBeLessThanOrEqual(4);
    expect(busy.received).toHaveLength(8);
    await busy.close();
  });

  it('can be encrypted from the start', async () => {
    const secure = await startMailServer({ secure: true });
    const settings = { server: { security: 'tls' } };
    const answer = await openEmail(secure.port, settings).post({ destination, card, deliveryId });
    expect(answer).toMatchObject({ result: 'sent' });
    await secure.close();
  });
});

describe('the headers', () => {
  it('name the sender, the recipient and the delivery', async () => {
    expect(await post({ replyTo: 'team@shop.example' })).toEqual({
      result: 'sent',
      messageId: `<${deliveryId}@shop.example>`,
      channelId: 'ann@example.com',
    });
    const [{ mail, to: envelope } = fail()] = server.received;
    expect(envelope).toBe('ann@example.com');
    expect(mail).toMatchObject({
      subject: 'Hello',
      messageId: `<${deliveryId}@shop.example>`,
      from: { name: 'Web shop releases', address: 'releases@shop.example' },
      to: [{ address: 'ann@example.com' }],
      replyTo: [{ address: 'team@shop.example' }],
    });
    expect(headers(mail)).toMatchObject({ 'auto-submitted': 'auto-generated' });
    expect(headers(mail)).not.toHaveProperty('list-id');
  });

  it('let a recipient of a list leave it by one click (RFC 8058)', async () => {
    const unsubscribeUrl = 'https://releases.example/subscriptions/unsubscribe?token=a.b';
    await post({}, { destination: to('customers/ann@example.com'), unsubscribeUrl });
    const [{ mail, to: envelope } = fail()] = server.received;
    expect(envelope).toBe('ann@example.com');
    expect(headers(mail)).toMatchObject({
      'list-id': '<customers.list.shop.example>',
      'list-unsubscribe': `<${unsubscribeUrl}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    expect(mail.text).toContain(`Unsubscribe: ${unsubscribeUrl}`);
    expect(mail.html).toContain(`href="${unsubscribeUrl}"`);
    expect(mail.text).toContain('News for customers');
  });

  it('can not be added to by a text', async () => {
    const summary = 'One\r\nBcc: eve@example.com\r\n\r\nTwo\n.\r\nQUIT';
    await post({}, { card: { summary, blocks: [paragraph(summary)] } });
    const [{ mail } = fail()] = server.received;
    expect(mail.subject).toBe('One Bcc: eve@example.com Two . QUIT');
    expect(headers(mail)).not.toHaveProperty('bcc');
    expect(mail.text).toContain('Two\n.\nQUIT');
    expect(server.received).toHaveLength(1);
  });
});

describe('an address', () => {
  const problemOf = (id: string) => openEmail(1).problemOf?.(id);

  it.each(['ann@example.com', 'customers'])('%s can be posted to', (id) => {
    expect(problemOf(id)).toBeNull();
  });

  it.each([
    ['everyone', 'There is no list "everyone"'],
    ['ann@', '"ann@" is not an e-mail address.'],
    ['customers/ann@example.com', 'name the list, or the address alone'],
    ['constructor', 'There is no list "constructor"'],
    ['ann@example.com,eve@example.com', 'is not an e-mail address'],
  ])('%s can not', (id, words) => expect(problemOf(id)).toContain(words));

  it('of a list has its recipients', () => {
    expect(openEmail(1).membersOf?.('customers')).toEqual([
      'customers/ann@example.com',
      'customers/bo@example.com',
    ]);
    expect(openEmail(1).membersOf?.('ann@example.com')).toBeNull();
  });
});

describe('its settings', () => {
  const check = (server: object, more: object = {}) =>
    notifier.settings.safeParse({
      from: 'releases@shop.example',
      server: { host: 'mail.example', ...server },
      ...more,
    });

  it('encrypt by default', () => {
    expect(check({}).data).toMatchObject({ server: { port: 587, security: 'starttls' } });
  });

  it.each([
    [{ username: 'tminus' }, {}],
    [{ ...credentials, security: 'none' }, {}],
    [{}, { from: 'a@example.com, b@example.com' }],
    [{}, { from: 'A\nBcc: x <a@example.com>' }],
    [{}, { lists: { customers: { addresses: ['nobody'] } } }],
    [{}, { lists: { 'Our Customers': {} } }],
    [{}, { zone: 'Amsterdam' }],
  ])('do not take %o %o', (given, more) => expect(check(given, more).success).toBe(false));
});

function headers({ headers: list }: MailServer['received'][number]['mail']): Record<string, string> {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

function fail(): never {
  throw new Error('no message came');
}
