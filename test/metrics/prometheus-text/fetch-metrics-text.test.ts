import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, shutDown } from '../../../sandbox/demo/listen.ts';
import {
  createMetricsFetcher,
  type MetricsPageAddress,
} from '../../../src/metrics/prometheus-text/fetch-metrics-text.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../lib/http/fixtures/${name}`, import.meta.url));
const certFile = fixture('localhost-certificate.pem');
const keyFile = fixture('localhost-key.pem');

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
  const fetchFrom = (url: string, more: Partial<MetricsPageAddress> = {}) =>
    createMetricsFetcher({ url, timeoutMs: 200, maxPageBytes: 1_000, ...more })();

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

  describe('of a page that asks who we are', () => {
    const guarded = (expected: string): RequestListener => {
      return ({ headers }, response) =>
        response.writeHead(headers.authorization === expected ? 200 : 401).end('up 1\n');
    };

    it('shows a bearer token, or a user name and password', async () => {
      const bearer = await serve(guarded('Bearer s3cret'));
      expect(await fetchFrom(bearer, { auth: { token: 's3cret' } })).toBe('up 1\n');
      const basic = await serve(guarded(`Basic ${Buffer.from('tminus:pass:word').toString('base64')}`));
      expect(await fetchFrom(basic, { auth: { username: 'tminus', password: 'pass:word' } })).toBe('up 1\n');
    });

    it('says that it was refused, and not with what', async () => {
      const url = await serve(guarded('Bearer s3cret'));
      const error = await fetchFrom(url, { auth: { token: 'wr0ng' } }).catch((thrown: unknown) => thrown);
      expect(error).toEqual(new Error('it refuses us (HTTP 401)'));
      await expect(fetchFrom(url)).rejects.toThrow('it refuses us (HTTP 401)');
    });
  });

  describe('over https', () => {
    const serveSecurely = async (options: { requestCert?: boolean } = {}): Promise<string> => {
      const [cert, key] = [readFileSync(certFile), readFileSync(keyFile)];
      const asking = { ca: cert, rejectUnauthorized: options.requestCert === true, ...options };
      const server = createSecureServer({ cert, key, ...asking }, ({ socket }, response) => {
        response.end((socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody');
      });
      servers.push(server);
      return (await listen(server, 0)).replace('http:', 'https:');
    };
    const patient = { timeoutMs: 5_000 };

    it('trusts an authority of our own, and no other', async () => {
      const url = await serveSecurely();
      expect(await fetchFrom(url, { ...patient, tls: { caFile: certFile } })).toBe('nobody');
      await expect(fetchFrom(url, patient)).rejects.toThrow(/^unreachable \(\w*CERT\w*\)$/);
    });

    it('shows a certificate of ours', async () => {
      const url = await serveSecurely({ requestCert: true });
      const tls = { caFile: certFile, certFile, keyFile };
      expect(await fetchFrom(url, { ...patient, tls })).toBe('localhost');
      await expect(fetchFrom(url, { ...patient, tls: { caFile: certFile } })).rejects.toThrow('unreachable');
    });

    it('names a file that is not there', async () => {
      await expect(async () =>
        fetchFrom('https://localhost', { tls: { caFile: '/not/there.pem' } }),
      ).rejects.toThrow("The file of tls.caFile of a metric source can't be read: ENOENT");
    });
  });
});
