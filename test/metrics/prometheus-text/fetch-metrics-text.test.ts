import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, shutDown } from '../../../sandbox/demo/listen.ts';
import { createMetricsFetcher } from '../../../src/metrics/prometheus-text/fetch-metrics-text.ts';

describe('createMetricsFetcher', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(shutDown));
  });

  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    return await listen(server, 0);
  };
  const fetchFrom = (url: string) => createMetricsFetcher({ url, timeoutMs: 200, maxBytes: 1_000 })();

  it('gives the text of the page', async () => {
    const url = await serve((request, response) => response.end(`${request.url} ${request.headers.accept}`));
    expect(await fetchFrom(`${url}/metrics`)).toBe('/metrics text/plain;version=0.0.4');
  });

  it('takes a page of exactly the largest size', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1_000)));
    expect(await fetchFrom(url)).toHaveLength(1_000);
  });

  it.each<[string, RequestListener, string]>([
    ['a failing page', (_request, response) => response.writeHead(503).end('busy'), 'HTTP 503'],
    [
      'a page that is too large',
      (_request, response) => response.end('x'.repeat(1_001)),
      'larger than 1000 bytes',
    ],
    [
      'a page that is too large once unpacked',
      (_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000))),
      'larger than 1000 bytes',
    ],
    ['no answer', () => undefined, 'no answer within 0.2 s'],
    [
      'an answer that does not end',
      (_request, response) => response.write('up 1\n'),
      'no answer within 0.2 s',
    ],
    [
      'a connection that breaks',
      (request, response) => {
        response.writeHead(200, { 'content-length': '50' }).write('up 1\n');
        setImmediate(() => request.socket.destroy());
      },
      'unreachable',
    ],
  ])('fails with %s', async (_name, listener, reason) => {
    const url = await serve(listener);
    await expect(fetchFrom(url)).rejects.toThrow(reason);
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const elsewhere = await serve((_request, response) => {
      asked += 1;
      response.end('up 1\n');
    });
    const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
    await expect(fetchFrom(url)).rejects.toThrow('it redirects (HTTP 302)');
    expect(asked).toBe(0);
  });

  it('says so when nobody listens', async () => {
    const url = await serve(() => undefined);
    await Promise.all(servers.splice(0).map(shutDown));
    await expect(fetchFrom(url)).rejects.toThrow('unreachable (ECONNREFUSED)');
  });
});
