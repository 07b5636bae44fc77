import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from '../../support/serve.ts';
import { startHaproxy, type TestHaproxy } from '../../support/start-haproxy.ts';
import { RuntimeTap } from './runtime-tap.ts';

/** A server behind the proxy; it tells its version to whoever asks for anything. */
export interface TestBackend {
  url: string;
  /** How many requests came through the proxy. */
  requests: number;
  close(): Promise<void>;
}

export interface HaproxyTarget {
  proxy: TestHaproxy;
  tap: RuntimeTap;
  stable: TestBackend;
  candidate: TestBackend;
  /** Settings of a driver that goes through the tap. */
  settings: Record<string, unknown> & { type: 'haproxy' };
  close(): Promise<void>;
}

/** A real HAProxy before two servers, `old` with 2.3.0 and `new` with 2.4.0, the latter without traffic. */
export async function openHaproxyTarget(more: readonly string[] = []): Promise<HaproxyTarget> {
  const stable = await startBackend('2.3.0');
  const candidate = await startBackend('2.4.0');
  const line = (name: string, { url }: TestBackend, weight: number) =>
    `server ${name} ${new URL(url).host} weight ${weight}`;
  const proxy = await startHaproxy([line('old', stable, 100), line('new', candidate, 0), ...more]);
  const tap = new RuntimeTap(proxy.socket);
  const socket = `${proxy.socket}.tap`;
  await tap.listen(socket);
  return {
    ...{ proxy, tap, stable, candidate },
    settings: {
      type: 'haproxy',
      socket,
      backend: 'shop',
      stable: { servers: ['old'], versionUrl: `${stable.url}/version` },
      candidate: { servers: ['new'], versionUrl: `${candidate.url}/version` },
      timeoutMs: 500,
    },
    close: async () => {
      await tap.close();
      await Promise.all([proxy.stop(), stable.close(), candidate.close()]);
    },
  };
}

async function startBackend(version: string): Promise<TestBackend> {
  const backend: TestBackend = { url: '', requests: 0, close: async () => undefined };
  const { url, close } = await startServer((request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== '/version') backend.requests += 1;
    response.end(version);
  });
  return Object.assign(backend, { url, close });
}
