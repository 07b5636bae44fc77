import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFetch, type FetchOptions } from '../../../src/lib/http/create-fetch.ts';
import { isNotConnected } from '../../../src/lib/http/not-connected.ts';
import { createTunnelProxy } from '../../support/tunnel-proxy.ts';

const servers: Server[] = [];
const sockets = new Set<net.Socket>();
afterEach(async () => {
  vi.unstubAllEnvs();
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

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const port = await listen(net.createServer());
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);
const certificate = fixture('localhost-certificate.pem');
function createSecureServer(answer: RequestListener) {
  return https.createServer(
    { key: readFileSync(fixture('localhost-key.pem')), cert: readFileSync(certificate) },
    answer,
  );
}

const fetchWith = (options: Partial<FetchOptions> = {}) => createFetch({ maxBytes: 1_000, ...options });
/** With a connection that is kept, as for Slack. */
const keeping = { keepAliveMs: 4_000 };

async function failureOf(request: Promise<unknown>): Promise<{ error: unknown; notConnected: boolean }> {
  const error = await request.then(
    () => expect.fail('It should have failed.'),
    (thrown: unknown) => thrown,
  );
  return { error, notConnected: isNotConnected(error) };
}

describe('a request', () => {
  it('keeps its connection for the next when told to', async () => {
    const url = await serve((_, response) => response.end());
    const fetch = fetchWith(keeping);
    for (let time = 0; time < 10; time++) await (await fetch(url)).text();
    // The second may come just before the first connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('has a connection of its own otherwise', async () => {
    const url = await serve((_, response) => response.end());
    const fetch = fetchWith();
    for (let time = 0; time < 3; time++) await (await fetch(url)).text();
    expect(sockets.size).toBe(3);
  });

  it('is not lost on a connection that was closed behind the last answer', async () => {
    const url = await serve((_, response) => {
      response.end('done', () => response.socket?.end());
    });
    const fetch = fetchWith(keeping);
    for (let time = 0; time < 20; time++) {
      expect(await (await fetch(url, { method: 'POST', body: 'text' })).text()).toBe('done');
    }
  });

  it('follows no redirect', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await fetchWith()(url)).toMatchObject({ status: 302, ok: false });
    expect(asked).toEqual(['/api/']);
  });

  it("sends a form of Node's own, files included", async () => {
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      response.end(`${request.headers['content-type']}\n${Buffer.concat(chunks)}`);
    });
    const form = new FormData();
    form.append('title', 'Grüße');
    form.append('file', new Blob(['content']), 'report.txt');
    const text = await (await fetchWith()(url, { method: 'POST', body: form })).text();
    expect(text).toMatch(/^multipart\/form-data; boundary=/);
    expect(text).toMatch(/name="title"\r\n\r\nGrüße\r\n/);
    expect(text).toMatch(/name="file"; filename="report.txt"\r\n[\s\S]*\r\n\r\ncontent\r\n/);
  });
});

describe('a request that fails', () => {
  it('was not sent when nobody is there', async () => {
    const failure = await failureOf(fetchWith()(`http://127.0.0.1:${await freePort()}/`));
    expect(failure).toMatchObject({ notConnected: true, error: { cause: { code: 'ECONNREFUSED' } } });
  });

  it('was not sent when the name is unknown', async () => {
    const failure = await failureOf(fetchWith()('http://nowhere.invalid/'));
    expect(failure).toMatchObject({ notConnected: true, error: { cause: { syscall: 'getaddrinfo' } } });
  });

  it('was not sent when the TLS handshake breaks off', async () => {
    const port = await listen(
      net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await failureOf(fetchWith()(`https://127.0.0.1:${port}/`))).toMatchObject({ notConnected: true });
  });

  it('may have been sent when the connection is lost before an answer', async () => {
    const url = await serve((_, response) => response.socket?.resetAndDestroy());
    expect(await failureOf(fetchWith(keeping)(url))).toMatchObject({
      notConnected: false,
      error: { cause: { code: 'ECONNRESET' } },
    });
  });

  it('may have been sent when a connection that was kept is lost', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      if (asked < 4) response.end();
      else response.socket?.resetAndDestroy();
    });
    const fetch = fetchWith(keeping);
    for (let time = 0; time < 3; time++) await (await fetch(url)).text();
    const before = sockets.size;
    expect(await failureOf(fetch(url))).toMatchObject({ notConnected: false });
    // Nothing was sent again.
    expect({ asked, opened: sockets.size - before }).toEqual({ asked: 4, opened: 0 });
  });

  it('may have been sent when the time is over', async () => {
    const url = await serve(() => undefined);
    expect(await failureOf(fetchWith({ timeoutMs: 100 })(url))).toMatchObject({
      notConnected: false,
      error: { name: 'TimeoutError' },
    });
  });

  it('ends by its own signal, besides the limit', async () => {
    const url = await serve(() => undefined);
    const signal = AbortSignal.timeout(50);
    expect(await failureOf(fetchWith({ timeoutMs: 60_000 })(url, { signal }))).toMatchObject({
      error: { name: 'TimeoutError' },
    });
  });

  it('ends with its time in the middle of an answer', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('half'));
    const answer = await fetchWith({ timeoutMs: 100 })(url);
    expect(await failureOf(answer.text())).toMatchObject({ error: { name: 'TimeoutError' } });
  });

  it('has no answer when that is cut off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => response.socket?.destroy());
    });
    const answer = await fetchWith()(url);
    expect(await failureOf(answer.text())).toMatchObject({ notConnected: false });
  });

  it('ends an answer that is too long, and its connection', async () => {
    const url = await serve((_, response) => {
      const block = Buffer.alloc(1_000);
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.writeHead(200).on('drain', more);
      more();
    });
    const read = fetchWith({ timeoutMs: 5_000, ...keeping })(url).then((answer) => answer.text());
    expect(await failureOf(read)).toMatchObject({
      error: { cause: { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' } },
    });
    await vi.waitFor(() => expect([...sockets].every((socket) => socket.destroyed)).toBe(true));
  });

  it('takes an answer of exactly the largest size', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(1_000)));
    expect(await (await fetchWith()(url)).text()).toHaveLength(1_000);
  });
});

describe('a request over TLS', () => {
  it('trusts no certificate that nobody vouches for', async () => {
    const port = await listen(createSecureServer((_, response) => response.end()));
    expect(await failureOf(fetchWith()(`https://127.0.0.1:${port}/`))).toMatchObject({
      notConnected: true,
      error: { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } },
    });
  });

  it('works with one that the machine trusts', async () => {
    const port = await listen(createSecureServer((request, response) => response.end(request.method)));
    const script = `
      const { createFetch } = await import(${JSON.stringify(new URL('../../../src/lib/http/create-fetch.ts', import.meta.url).href)});
      const answer = await createFetch({ maxBytes: 99 })('https://localhost:${port}/', { method: 'POST', body: 'text' });
      console.log(answer.status, await answer.text());`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.pathname } },
    );
    expect(stdout).toBe('200 POST\n');
  });
});

describe('a proxy of the environment', () => {
  const startProxy = async (target: () => number | null) => {
    const proxy = createTunnelProxy(target);
    return { url: `http://127.0.0.1:${await listen(proxy.server)}`, asked: proxy.asked };
  };

  it('is used for other machines, and not for this one', async () => {
    const port = await listen(http.createServer((_, response) => response.end('through')));
    const proxy = await startProxy(() => port);
    vi.stubEnv('http_proxy', proxy.url);
    const fetch = fetchWith();
    expect(await (await fetch('http://slack.invalid/api')).text()).toBe('through');
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('through');
    expect(proxy.asked).toEqual(['slack.invalid:80']);
  });

  it('leaves it to us whom to trust behind it', async () => {
    const port = await listen(createSecureServer((_, response) => response.end()));
    const proxy = await startProxy(() => port);
    vi.stubEnv('https_proxy', proxy.url);
    const url = 'https://metrics.invalid/';
    const codeOf = async (options: Partial<FetchOptions>) =>
      (await failureOf(fetchWith(options)(url))).error as { cause?: { code?: string } };
    expect((await codeOf({})).cause?.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    // Trusted, and for another host.
    const trusting = await codeOf({ tls: { ca: readFileSync(certificate, 'utf8') } });
    expect(trusting.cause?.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is left out for hosts that NO_PROXY names', async () => {
    const proxy = await startProxy(() => null);
    vi.stubEnv('http_proxy', proxy.url);
    vi.stubEnv('no_proxy', 'slack.invalid');
    await failureOf(fetchWith()('http://slack.invalid/api'));
    expect(proxy.asked).toEqual([]);
  });

  it('that refuses or is not there has sent nothing', async () => {
    const proxy = await startProxy(() => null);
    vi.stubEnv('http_proxy', proxy.url);
    expect(await failureOf(fetchWith()('http://slack.invalid/api'))).toMatchObject({ notConnected: true });
    expect(proxy.asked).toHaveLength(1);
    vi.stubEnv('http_proxy', `http://127.0.0.1:${await freePort()}`);
    expect(await failureOf(fetchWith()('http://slack.invalid/api'))).toMatchObject({ notConnected: true });
  });
});
