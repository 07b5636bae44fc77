import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lightFetch, NotConnectedError } from '../../src/outgoing/light-fetch.ts';

const servers: Server[] = [];
const sockets = new Set<net.Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
async function serve(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(http.createServer(answer))}/api/`;
}

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);
const certificate = fixture('localhost-certificate.pem');
function createSecureServer(answer: RequestListener) {
  return https.createServer(
    { key: readFileSync(fixture('localhost-key.pem')), cert: readFileSync(certificate) },
    answer,
  );
}

const failureOf = (request: Promise<unknown>) => request.then(() => null).catch((error: unknown) => error);

describe('a light request', () => {
  it('sends method, headers and text, and gets status, headers and text', async () => {
    const url = await serve(async (request, response) => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk as Buffer);
      response.writeHead(429, { 'retry-after': '7', 'x-many': ['a', 'b'] });
      response.end(`${request.method} ${request.headers['content-type']} ${Buffer.concat(body)}`);
    });
    const headers = { 'content-type': 'text/plain' };
    const answer = await lightFetch(url, { method: 'POST', headers, body: 'Grüße' });
    expect(await answer.text()).toBe('POST text/plain Grüße');
    expect(answer).toMatchObject({ ok: false, status: 429, statusText: 'Too Many Requests', url });
    expect(answer.headers.get('Retry-After')).toBe('7');
    expect(answer.headers.get('x-missing')).toBeNull();
    expect(Object.fromEntries(answer.headers.entries())).toMatchObject({ 'x-many': 'a, b' });
  });

  it('reads JSON and bytes', async () => {
    const url = await serve((_, response) => response.end('{"ok":true}'));
    expect(await (await lightFetch(url)).json()).toEqual({ ok: true });
    expect(Buffer.from(await (await lightFetch(url)).arrayBuffer()).toString()).toBe('{"ok":true}');
  });

  it('keeps its connection for the next', async () => {
    const url = await serve((_, response) => response.end());
    for (let time = 0; time < 3; time++) await lightFetch(url);
    expect(sockets.size).toBe(1);
  });

  it('is not lost on a connection that was closed behind the last answer', async () => {
    const url = await serve((_, response) => {
      response.end('done', () => response.socket?.end());
    });
    for (let time = 0; time < 20; time++) expect(await (await lightFetch(url)).text()).toBe('done');
  });

  it('follows no redirect', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await lightFetch(url)).toMatchObject({ status: 302, ok: false });
    expect(asked).toEqual(['/api/']);
  });

  it('sends nothing but text', async () => {
    await expect(lightFetch('http://127.0.0.1:9/', { body: new FormData() })).rejects.toThrow('Only text');
    await expect(lightFetch('no address')).rejects.toThrow('Invalid URL');
  });
});

describe('a light request that fails', () => {
  it('is told as unsent, with the reason, when nobody is there', async () => {
    const port = await listen(net.createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const failure = await failureOf(lightFetch(`http://127.0.0.1:${port}/`));
    expect(failure).toBeInstanceOf(NotConnectedError);
    expect(failure).toMatchObject({
      message: 'No connection to 127.0.0.1: ECONNREFUSED.',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('is not told as unsent when the time is over after it was sent', async () => {
    const url = await serve(() => undefined);
    expect(await failureOf(lightFetch(url, { signal: AbortSignal.timeout(100) }))).toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('ends with its time in the middle of an answer', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('half'));
    expect(await failureOf(lightFetch(url, { signal: AbortSignal.timeout(100) }))).toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('is told as unsent when there was no connection in time', async () => {
    // Takes the connection and never answers its greeting.
    const port = await listen(net.createServer());
    const request = lightFetch(`https://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(100) });
    expect(await failureOf(request)).toBeInstanceOf(NotConnectedError);
  });

  it('is told as unsent when the greeting is broken off', async () => {
    const port = await listen(
      net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await failureOf(lightFetch(`https://127.0.0.1:${port}/`))).toBeInstanceOf(NotConnectedError);
  });

  it('is not told as unsent when the connection is lost before an answer', async () => {
    const url = await serve((_, response) => response.socket?.resetAndDestroy());
    expect(await failureOf(lightFetch(url))).toMatchObject({ code: 'ECONNRESET' });
  });

  it('ends when what comes is no answer', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n';
    const port = await listen(net.createServer((socket) => socket.once('data', () => socket.write(upgrade))));
    expect(await failureOf(lightFetch(`http://127.0.0.1:${port}/`))).toMatchObject({
      message: 'The connection was closed without an answer.',
    });
  });

  it('is no answer when it is cut in the middle', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => response.socket?.destroy());
    });
    expect(await failureOf(lightFetch(url))).toBeInstanceOf(Error);
  });

  it('ends an answer that has no end, and its connection', async () => {
    const url = await serve((_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.writeHead(200).on('drain', more);
      more();
    });
    const failure = await failureOf(lightFetch(url, { signal: AbortSignal.timeout(5_000) }));
    expect(failure).toMatchObject({ name: 'Error', message: 'The answer has more than 33554432 bytes.' });
    await vi.waitFor(() => expect([...sockets].every((socket) => socket.destroyed)).toBe(true));
  });

  it('takes an answer of 32 MiB', async () => {
    const url = await serve((_, response) => response.end(Buffer.alloc(32 * 1024 * 1024)));
    expect((await (await lightFetch(url)).arrayBuffer()).byteLength).toBe(32 * 1024 * 1024);
  });

  it('is over at once with a signal that is', async () => {
    const url = await serve((_, response) => response.end());
    const request = lightFetch(url, { signal: AbortSignal.abort(new Error('stopped')) });
    expect(await failureOf(request)).toBeInstanceOf(NotConnectedError);
  });
});

describe('a light request over TLS', () => {
  it('trusts no certificate that nobody vouches for', async () => {
    const port = await listen(createSecureServer((_, response) => response.end()));
    expect(await failureOf(lightFetch(`https://127.0.0.1:${port}/`))).toMatchObject({
      name: 'NotConnectedError',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('works with one that the machine trusts', async () => {
    const port = await listen(createSecureServer((request, response) => response.end(request.method)));
    const script = `
      const { lightFetch } = await import(${JSON.stringify(new URL('../../src/outgoing/light-fetch.ts', import.meta.url).href)});
      const answer = await lightFetch('https://localhost:${port}/', { method: 'POST', body: 'text' });
      console.log(answer.status, await answer.text());`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.pathname } },
    );
    expect(stdout).toBe('200 POST\n');
  });
});
