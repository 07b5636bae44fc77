import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Card, paragraph, text } from '../../../src/core/card/card.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { notifier } from '../../../src/notifiers/webhook/index.ts';
import { webhookPayload } from '../../../src/notifiers/webhook/payload.ts';
import { describeMessageChannel } from '../../support/message-channel-contract.ts';
import { serve, startServer } from '../../support/serve.ts';
import { aboutMessage } from '../about.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const previousSecret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const destination = { channel: 'hooks', kind: 'address', id: 'blog' } as const;
const card: Card = {
  summary: 'Web shop 2.4.0 is live',
  blocks: [
    { type: 'header', text: 'Web shop *2.4.0*' },
    paragraph('See ', { type: 'link', text: 'the page', url: 'https://example.com/a' }),
    { type: 'fields', fields: [{ name: 'Downtime', content: [text('none')] }] },
    {
      type: 'links',
      links: [
        { label: 'Notes', url: 'https://example.com/n' },
        { label: 'Again', url: 'https://example.com/a' },
      ],
    },
    { type: 'actions', buttons: [{ action: 'vote-go', label: 'Go', value: '{}' }] },
  ],
};
const deliveryId = '0192f6d2-1111-7000-8000-000000000001';

const open = (url: string, more: object = {}, timeoutMs = 2_000) =>
  notifier.create({ endpoints: { blog: { url, secret, ...more } }, timeoutMs }, { clock: systemClock });
const post = (url: string, more?: object, timeoutMs?: number) =>
  open(url, more, timeoutMs).post({ destination, card, deliveryId, about: aboutMessage() });

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return { headers: request.headers, body: Buffer.concat(parts).toString() };
}

/** A receiver that answers as it is told and remembers. */
async function receiver(respond: (response: ServerResponse) => void) {
  const heard: Heard[] = [];
  const url = await serve(async (request, response) => {
    heard.push(await hear(request));
    respond(response);
  });
  return { url, heard };
}

describeMessageChannel(
  'The webhook notifier',
  { find: false, update: false, refusesUnknown: true, loseAnswer: true },
  async () => {
    const shown: string[] = [];
    let isLost = false;
    const { url, close } = await startServer(async (request, response) => {
      const { headers, body } = await hear(request);
      shown.push(
        webhookPayload.parse(new Webhook(secret).verify(body, headers as Record<string, string>)).data
          .headline,
      );
      if (isLost) request.socket.destroy();
      else response.writeHead(204).end();
    });
    const loseAnswer = async () => {
      isLost = true;
    };
    const unknown = { ...destination, id: 'nowhere' };
    return { channel: open(url), destination, unknown, shown: async () => shown, loseAnswer, close };
  },
);

describe('a message', () => {
  it('has a signature that another implementation accepts, and only for these words', async () => {
    const { url, heard } = await receiver((response) => response.writeHead(200).end());
    await post(url, { previousSecret });
    const [{ headers, body } = fail()] = heard;
    const signed = headers as Record<string, string>;
    expect(signed['webhook-id']).toBe(deliveryId);
    for (const known of [secret, previousSecret]) {
      expect(webhookPayload.parse(new Webhook(known).verify(body, signed))).toEqual(JSON.parse(body));
    }
    expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow();
    expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(body, signed)).toThrow();
  });

  it('says what it is about', async () => {
    const { url, heard } = await receiver((response) => response.writeHead(200).end());
    await post(url);
    await expect(JSON.stringify(JSON.parse(heard[0]?.body ?? ''), null, 2)).toMatchFileSnapshot(
      'golden/payload.golden.json',
    );
  });

  it('is the same in every attempt, so that a repeat is known for one', async () => {
    const { url, heard } = await receiver((response) => response.writeHead(503).end());
    await post(url);
    await post(url);
    expect(heard).toHaveLength(2);
    expect(heard[0]?.body).toBe(heard[1]?.body);
    expect(open(url).knowsRepeats).toBe(true);
  });

  it('is what docs/webhook.schema.json describes', () => {
    expect(JSON.parse(readFileSync('docs/webhook.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify({ title: 'A message of tminus', ...z.toJSONSchema(webhookPayload) })),
    );
  });
});

describe('what a receiver answers', () => {
  it.each([
    [204, {}, { result: 'sent', messageId: deliveryId, channelId: 'blog' }],
    [429, { 'retry-after': '7' }, { result: 'rate-limited', retryAfterMs: 7_000 }],
    [429, {}, { result: 'rate-limited', retryAfterMs: 30_000 }],
    [429, { 'retry-after': '99999999' }, { result: 'rate-limited', retryAfterMs: 86_400_000 }],
    [400, {}, { result: 'refused', code: 'http-400' }],
    [410, {}, { result: 'closed', code: 'http-410' }],
    [401, {}, { result: 'closed', code: 'http-401' }],
    [500, {}, { result: 'unknown' }],
    [302, { location: 'http://127.0.0.1:9/' }, { result: 'closed', code: 'http-302' }],
  ])('%i %o', async (status, headers, outcome) => {
    const url = await serve((_, response) => void response.writeHead(status, headers).end('{"error":"no"}'));
    expect(await post(`${url}/top-secret`)).toMatchObject(outcome);
  });

  it('waits for the date that a receiver names', async () => {
    const at = new Date(Date.now() + 3_600_000).toUTCString();
    const url = await serve((_, response) => void response.writeHead(429, { 'retry-after': at }).end());
    const answer = await post(url);
    if (answer.result !== 'rate-limited') return fail();
    expect(answer.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(answer.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it('says nothing of the address', async () => {
    const url = await serve((request) => void request.socket.destroy());
    const answer = await post(`${url}/top-secret?key=top-secret`);
    expect(answer).toMatchObject({ result: 'unknown' });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });

  it('is certainly not there when nobody listens', async () => {
    const { url, close } = await startServer(() => undefined);
    await close();
    expect(await post(url)).toMatchObject({ result: 'not-sent' });
  });
});

describe('its settings', () => {
  const check = (endpoint: object) => notifier.settings.safeParse({ endpoints: { blog: endpoint } }).success;

  it('take an address and a secret', () => {
    expect(check({ url: 'https://blog.example/hook', secret })).toBe(true);
    expect(open('https://blog.example').problemOf?.('blog')).toBeNull();
    expect(open('https://blog.example').problemOf?.('toString')).toContain('There is no receiver');
  });

  it.each([
    { url: 'http://blog.example/hook', secret },
    { url: 'https://a:b@blog.example/hook', secret },
    { url: 'https://blog.example/hook' },
    { url: 'https://blog.example/hook', secret: 'short' },
    { url: 'https://blog.example/hook', secret: `whsec_${Buffer.alloc(8).toString('base64')}` },
  ])('do not take %o', (endpoint) => expect(check(endpoint)).toBe(false));
});

function fail(): never {
  throw new Error('it was not as expected');
}
