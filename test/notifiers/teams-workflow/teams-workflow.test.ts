import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Card, paragraph, text } from '../../../src/core/card/card.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { notifier } from '../../../src/notifiers/teams-workflow/index.ts';
import { maxBytes, renderMessage } from '../../../src/notifiers/teams-workflow/render-message.ts';
import { describeMessageChannel } from '../../support/message-channel-contract.ts';
import { serve, startServer } from '../../support/serve.ts';

const secret = 'sig=top-secret';
const destination = { channel: 'workflow', kind: 'address', id: 'releases' } as const;
const card: Card = { summary: 'Hello', blocks: [paragraph('Hello')] };

function open(url: string, timeoutMs = 2_000) {
  const settings = { webhooks: { releases: `${url}/workflows/1/triggers/manual?${secret}` }, timeoutMs };
  return notifier.create(settings, { clock: systemClock });
}

const post = (url: string, timeoutMs?: number) =>
  open(url, timeoutMs).post({ destination, card, deliveryId: 'delivery-1' });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

describeMessageChannel(
  'The workflow notifier',
  { find: false, update: false, refusesUnknown: true, loseAnswer: false },
  async () => {
    const texts: string[] = [];
    const { url, close } = await startServer(async (request, response) => {
      const [shown] = /(?<="text":")[^"]*/.exec(await bodyOf(request)) ?? [];
      texts.push(shown ?? '');
      response.writeHead(202).end();
    });
    const unknown = { ...destination, id: 'nowhere' };
    return { channel: open(url), destination, unknown, shown: async () => texts, close };
  },
);

describe('what a workflow answers', () => {
  it.each([
    [202, {}, { result: 'sent', messageId: 'delivery-1', channelId: 'releases' }],
    [202, { 'x-ms-workflow-run-id': 'run-7' }, { result: 'sent', messageId: 'run-7' }],
    [429, { 'retry-after': '7' }, { result: 'rate-limited', retryAfterMs: 7_000 }],
    [429, {}, { result: 'rate-limited', retryAfterMs: 30_000 }],
    [400, {}, { result: 'refused', code: 'http-400' }],
    [404, {}, { result: 'closed', code: 'http-404' }],
    [401, {}, { result: 'closed', code: 'http-401' }],
    [413, {}, { result: 'refused', code: 'http-413' }],
    [502, {}, { result: 'unknown' }],
    [302, { location: 'http://127.0.0.1:9/' }, { result: 'refused', code: 'http-302' }],
  ])('%i %o', async (status, headers, outcome) => {
    const url = await serve((_, response) => void response.writeHead(status, headers).end('{"error":"no"}'));
    const answer = await post(url);
    expect(answer).toMatchObject(outcome);
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });

  it('may have been heard when the connection ends before there is an answer', async () => {
    const url = await serve((request) => void request.socket.destroy());
    const answer = await post(url);
    expect(answer).toMatchObject({ result: 'unknown' });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });

  it('is certainly not there when nobody listens', async () => {
    const { url, close } = await startServer(() => undefined);
    await close();
    const answer = await post(url);
    expect(answer).toMatchObject({ result: 'not-sent' });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });
});

describe('the message', () => {
  const everything: Card = {
    summary: 'All there is',
    blocks: [
      { type: 'header', text: '**Web** 2.4.0' },
      paragraph('See ', { type: 'link', text: 'the page', url: 'https://example.com' }),
      { type: 'list', ordered: true, items: [[text('one')], [text('two')]] },
      { type: 'quote', content: [text('words')] },
      { type: 'code', text: 'code' },
      { type: 'fields', fields: [{ name: 'When', content: [text('now')] }] },
      { type: 'links', links: [{ label: 'Runbook', url: 'https://example.com/r' }] },
      { type: 'divider' },
      { type: 'note', content: [text('small')] },
      { type: 'actions', buttons: [{ action: 'vote-go', label: 'Go', value: '{}' }] },
    ],
  };

  it('is an Adaptive Card without acts, in which no text is markup', async () => {
    const sent = renderMessage(everything);
    await expect(JSON.stringify(sent, null, 2)).toMatchFileSnapshot('golden/message.golden.json');
    expect(JSON.stringify(sent)).not.toMatch(/Action\.(Execute|Submit)|vote-go/);
  });

  it('says its summary when nothing else can be shown', () => {
    expect(JSON.stringify(renderMessage({ summary: 'Alone', blocks: [] }))).toContain('Alone');
  });

  it('stays within the limit, with a mark, however much there is to say', () => {
    const long = paragraph('ü'.repeat(3_000));
    const sent = JSON.stringify(
      renderMessage({ summary: 'Long', blocks: Array.from({ length: 60 }, () => long) }),
    );
    expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(maxBytes);
    expect(sent).toContain('Shortened');
    const one = JSON.stringify(renderMessage({ summary: 'Long', blocks: [paragraph('x'.repeat(90_000))] }));
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(maxBytes);
    expect(one).toContain('…');
  });
});

describe('its settings', () => {
  const check = (url: string) => notifier.settings.safeParse({ webhooks: { releases: url } });

  it.each(['https://prod-1.example.com/x?sig=1', 'http://127.0.0.1:8080/x', 'http://localhost/x'])(
    'take %s',
    (url) => expect(check(url).success).toBe(true),
  );

  it.each([
    'http://example.com/top-secret',
    'ftp://top-secret',
    'https://a:top-secret@example.com',
    'top-secret',
  ])('do not take %s, and do not repeat it', (url) => {
    const read = check(url);
    expect(read.success).toBe(false);
    expect(JSON.stringify(read.error?.issues)).not.toContain('top-secret');
  });
});
