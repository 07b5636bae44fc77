import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type HttpRoutes, type HttpServer, startHttpServer } from '../../src/http/http-server.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../bot/slack/gate.ts';

let server: HttpServer;
const logged: string[] = [];
const loggedFields: object[] = [];
afterEach(() => server.close());

async function start(routes: HttpRoutes, drainMs = 5_000): Promise<void> {
  logged.length = 0;
  loggedFields.length = 0;
  const error = (fields: object, message: string) => {
    logged.push(message);
    loggedFields.push(fields);
  };
  const log = { ...silentLog, error };
  server = await startHttpServer({ port: 0, host: '127.0.0.1', routes: [routes], log, drainMs });
}

const echo: HttpRoutes = async (routes) => {
  routes.post('/echo', async ({ body }) => ({ isBuffer: Buffer.isBuffer(body), text: String(body) }));
};

function post(path: string, body: string, contentType = 'application/json'): Promise<Response> {
  return fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': contentType } });
}

it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain; charset=utf-8'])(
  'gives routes the raw body of %s',
  async (contentType) => {
    await start(echo);
    const response = await post('/echo', '{"a": 1 ', contentType);
    expect(await response.json()).toEqual({ isBuffer: true, text: '{"a": 1 ' });
  },
);

it('answers 404 to what it does not know, and says nothing more', async () => {
  await start(echo);
  const response = await fetch(`${server.url}/other`);
  expect([response.status, await response.text()]).toEqual([404, '']);
});

it('answers 500 to a route that fails, logs it and keeps what it says to itself', async () => {
  await start(async (routes) => {
    routes.get('/broken', async () => {
      throw new Error('no route to postgres://tminus:secret@db');
    });
  });
  const response = await fetch(`${server.url}/broken`);
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(logged).toEqual(['an HTTP request failed']);
});

it('logs the route of what failed and not its path, which may hold a token', async () => {
  await start(async (routes) => {
    routes.get('/calendar/:token.ics', async () => {
      throw new Error('the database is away');
    });
  });
  await fetch(`${server.url}/calendar/abc123.ics?release=web-2.4.0`);
  expect(loggedFields).toEqual([{ error: expect.any(Error), route: '/calendar/:token.ics' }]);
});

it('refuses a body over a megabyte, announced or not', async () => {
  await start(echo);
  const refused = await post('/echo', 'x'.repeat(1024 * 1024 + 1)).then(
    (response) => response.status,
    () => 'closed',
  );
  expect([413, 'closed']).toContain(refused);
  const chunked = request(`${server.url}/echo`, { method: 'POST' });
  chunked.on('error', () => undefined);
  chunked.write('x'.repeat(1024 * 1024 + 1));
  const [response] = await once(chunked, 'response');
  expect(response.statusCode).toBe(413);
  chunked.destroy();
  expect(logged).toEqual([]);
});

it('finishes the requests in progress before it closes, and takes no new ones', async () => {
  const begun = createGate();
  const gate = createGate();
  await start(async (routes) => {
    routes.get('/slow', async () => {
      begun.open();
      await gate.opened;
      return 'slow but there';
    });
  });
  const response = fetch(`${server.url}/slow`);
  await begun.opened;
  const closed = server.close();
  await expect(fetch(`${server.url}/slow`)).rejects.toThrow();
  gate.open();
  expect(await (await response).text()).toBe('slow but there');
  await closed;
});

it('does not wait for ever for a request that does not end, nor for a connection that says nothing', async () => {
  const begun = createGate();
  await start(async (routes) => {
    routes.get('/stuck', async () => {
      begun.open();
      return new Promise(() => undefined);
    });
  }, 20);
  const stuck = fetch(`${server.url}/stuck`).catch(() => 'closed');
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
  silent.on('error', () => undefined);
  await begun.opened;
  await server.close();
  expect(await stuck).toBe('closed');
  silent.destroy();
});
