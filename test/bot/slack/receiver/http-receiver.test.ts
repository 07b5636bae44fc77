import { once } from 'node:events';
import { connect } from 'node:net';
import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBoltApp } from '../../../../src/bot/slack/receiver/bolt-app.ts';
import {
  createHttpReceiver,
  type HttpReceiverOptions,
} from '../../../../src/bot/slack/receiver/http-receiver.ts';
import { startHttpServer } from '../../../../src/http/http-server.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { createGate } from '../gate.ts';
import { recordingLog } from '../web-api-double.ts';
import { commandBody, signedHeaders, signingSecret } from './signed-request.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function setUp(
  listen: (app: App) => void = () => undefined,
  options: Partial<HttpReceiverOptions> = {},
) {
  const log = recordingLog();
  const receiver = createHttpReceiver({ signingSecret, log, clock: systemClock, ...options });
  const app = createBoltApp({ receiver, token: 'xoxb-1', botId: 'B0BOT', botUserId: 'U0BOT', log });
  listen(app);
  const { url, close } = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    routes: [receiver.routes],
    log: silentLog,
  });
  cleanUps.push(async () => {
    await receiver.stop();
    await close();
  });
  const post = (body: string, headers: Record<string, string> = signedHeaders(body)) =>
    fetch(`${url}/slack/events`, { method: 'POST', body, headers });
  return { receiver, log, url, post };
}

const acknowledge = (app: App) => app.command('/promote', ({ ack }) => ack());

describe('the HTTP receiver', () => {
  it('hands a signed command to Bolt and answers with the acknowledgement', async () => {
    const { post } = await setUp((app) =>
      app.command('/promote', async ({ ack, command, context }) => {
        await ack({
          text: `${command.text} ${context.retryNum} ${context.retryReason}`,
        });
      }),
    );
    const headers = {
      ...signedHeaders(commandBody),
      'x-slack-retry-num': '2',
      'x-slack-retry-reason': 'http_timeout',
    };
    const response = await post(commandBody, headers);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ text: 'web-2.4.0 50% 2 http_timeout' });
  });

  it('gives Bolt a body with a prototype', async () => {
    const prototypes: unknown[] = [];
    const { post } = await setUp((app) =>
      app.command('/promote', async ({ ack, body }) => {
        prototypes.push(Object.getPrototypeOf(body));
        await ack('done');
      }),
    );
    expect(await (await post(commandBody)).text()).toBe('done');
    expect(prototypes).toEqual([Object.prototype]);
  });

  it('takes content types with parameters', async () => {
    const { post } = await setUp(acknowledge);
    const headers = {
      ...signedHeaders(commandBody),
      'content-type': 'application/X-WWW-form-urlencoded; charset=utf-8',
    };
    expect((await post(commandBody, headers)).status).toBe(200);
  });

  it('reads interactions from their payload field, and events from JSON', async () => {
    const seen: string[] = [];
    const { post } = await setUp((app) => {
      app.action('vote-go', async ({ ack, action }) => {
        seen.push('value' in action ? String(action.value) : '');
        await ack();
      });
      app.event('app_home_opened', async ({ event }) => void seen.push(event.user));
    });
    const payload = {
      type: 'block_actions',
      user: { id: 'U1' },
      team: { id: 'T1' },
      actions: [{ type: 'button', action_id: 'vote-go', block_id: 'b', value: 'web-2.4.0' }],
    };
    const form = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect((await post(form)).status).toBe(200);
    const event = JSON.stringify({
      type: 'event_callback',
      team_id: 'T1',
      event: { type: 'app_home_opened', user: 'U2', tab: 'home' },
    });
    expect((await post(event, { ...signedHeaders(event), 'content-type': 'application/json' })).status).toBe(
      200,
    );
    await vi.waitFor(() => expect(seen).toEqual(['web-2.4.0', 'U2']));
  });

  it.each([
    ['a wrong secret', signedHeaders(commandBody, undefined, 'other')],
    ['a stale timestamp', signedHeaders(commandBody, Math.floor(Date.now() / 1000) - 302)],
    ['a timestamp of the future', signedHeaders(commandBody, Math.floor(Date.now() / 1000) + 65)],
    ['no signature', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a short signature', { ...signedHeaders(commandBody), 'x-slack-signature': 'v0=abc' }],
    ['a timestamp that is no number', { ...signedHeaders(commandBody), 'x-slack-request-timestamp': 'NaN' }],
    ['another body', signedHeaders(`${commandBody}&text=other`)],
  ])('refuses %s', async (_name, headers) => {
    const listener = vi.fn();
    const { post, log } = await setUp((app) => app.use(listener));
    expect((await post(commandBody, headers)).status).toBe(401);
    expect(listener).not.toHaveBeenCalled();
    expect(log.lines.join()).not.toContain(signingSecret);
  });

  it('accepts timestamps within both bounds', async () => {
    const { post } = await setUp(acknowledge);
    const now = Math.floor(Date.now() / 1000);
    expect((await post(commandBody, signedHeaders(commandBody, now - 295))).status).toBe(200);
    expect((await post(commandBody, signedHeaders(commandBody, now + 55))).status).toBe(200);
  });

  it('answers the unsigned certificate check without looking at anything else in it', async () => {
    const listener = vi.fn();
    const { post } = await setUp((app) => app.use(listener));
    const unsigned = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`ssl_check=1&${commandBody}`, unsigned)).status).toBe(200);
    expect(listener).not.toHaveBeenCalled();
  });

  it('answers the url verification only when it is signed', async () => {
    const { post } = await setUp();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    const json = { 'content-type': 'application/json' };
    expect((await post(body, json)).status).toBe(401);
    expect(await (await post(body, { ...signedHeaders(body), ...json })).json()).toEqual({ challenge: 'c' });
  });

  it.each([
    ['{"a":', 'application/json'],
    ['[]', 'application/json'],
    ['payload={', 'application/x-www-form-urlencoded'],
    ['x', 'text/plain'],
  ])('answers 400 to %s as %s', async (body, contentType) => {
    const { post } = await setUp();
    expect((await post(body, { ...signedHeaders(body), 'content-type': contentType })).status).toBe(400);
  });

  it('answers 500 when a listener fails before it acknowledged', async () => {
    const { post, log } = await setUp((app) =>
      app.command('/promote', async () => {
        throw new Error('database says xoxb-9-9');
      }),
    );
    expect((await post(commandBody)).status).toBe(500);
    expect(log.lines.join()).not.toContain('xoxb-9');
  });

  it('answers 404 when nobody acknowledged within three seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const received = vi.fn();
    const gate = createGate();
    const { post, log } = await setUp((app) =>
      app.command('/promote', async ({ ack }) => {
        received();
        await gate.opened;
        await ack();
      }),
    );
    const response = post(commandBody);
    await vi.waitFor(() => expect(received).toHaveBeenCalled());
    await vi.advanceTimersByTimeAsync(3_001);
    expect((await response).status).toBe(404);
    gate.open();
    await vi.waitFor(() => expect(log.lines.join()).toContain('came too late'));
  });

  it.each([
    ['of a type that can not be determined', JSON.stringify({ type: 'unheard_of' }), 'application/json'],
    ['that no listener takes', commandBody, 'application/x-www-form-urlencoded'],
  ])('answers 400 at once to a request %s, with a warning', async (_what, body, contentType) => {
    const { post, log } = await setUp();
    const [warn, error] = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'error')];
    const startedAt = performance.now();
    const response = await post(body, { ...signedHeaders(body), 'content-type': contentType });
    expect(response.status).toBe(400);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(warn).toHaveBeenLastCalledWith('A request from Slack was taken by nobody.');
    expect(error).not.toHaveBeenCalled();
  });

  it('answers 400 when its listener ends without an acknowledgement', async () => {
    const { post } = await setUp((app) => app.command('/promote', async () => undefined));
    expect((await post(commandBody)).status).toBe(400);
  });

  it('refuses a second acknowledgement', async () => {
    const second = vi.fn();
    const { post } = await setUp((app) =>
      app.command('/promote', async ({ ack }) => {
        await ack();
        await ack().catch(second);
      }),
    );
    expect((await post(commandBody)).status).toBe(200);
    await vi.waitFor(() => expect(second).toHaveBeenCalledOnce());
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const { url, post } = await setUp(acknowledge);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    expect((await post(commandBody)).status).toBe(200);
  });

  it('finishes what is in progress before it stops, and takes nothing new', async () => {
    const begun = createGate();
    const gate = createGate();
    const { receiver, post } = await setUp((app) =>
      app.command('/promote', async ({ ack }) => {
        begun.open();
        await gate.opened;
        await ack('late but there');
      }),
    );
    const response = post(commandBody);
    await begun.opened;
    const stopped = receiver.stop();
    expect((await post(commandBody)).status).toBe(503);
    gate.open();
    expect(await (await response).text()).toBe('late but there');
    await stopped;
  });

  it('does not wait for ever for a listener that never ends', async () => {
    const begun = createGate();
    const { receiver, post } = await setUp(
      (app) =>
        app.command('/promote', async ({ ack }) => {
          await ack();
          begun.open();
          await new Promise(() => undefined);
        }),
      { drainMs: 20 },
    );
    await post(commandBody);
    await begun.opened;
    await receiver.stop();
  });

  it('can not be made with an empty secret', () => {
    expect(() => createHttpReceiver({ signingSecret: '', log: recordingLog(), clock: systemClock })).toThrow(
      'empty',
    );
  });
});
