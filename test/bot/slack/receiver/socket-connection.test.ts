import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { WebSocket } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSocketConnection } from '../../../../src/bot/slack/receiver/socket-connection.ts';
import { createTunnelProxy } from '../../../support/tunnel-proxy.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A peer that takes connections and never says a word. */
async function startSilentPeer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.resume());
    // The other side may go without a word, too.
    socket.on('error', () => undefined);
  });
  const port = await listen(server);
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { sockets, port };
}

async function connectTwice(host: string) {
  const peer = await startSilentPeer();
  const { server, asked } = createTunnelProxy(() => peer.port);
  vi.stubEnv('http_proxy', `http://127.0.0.1:${await listen(server)}`);
  cleanUps.push(async () => void server.close());
  const connection = createSocketConnection();
  for (const count of [1, 2]) {
    const socket = new WebSocket(`ws://${host}:${peer.port}/`, { dispatcher: connection.dispatcher });
    socket.addEventListener('error', () => undefined);
    await vi.waitFor(() => expect(peer.sockets).toHaveLength(count));
  }
  const closed = () => peer.sockets.map((socket) => socket.closed);
  return { connection, closed, asked };
}

// The name is the proxy's to resolve, so that it stands for any host outside.
describe.each(['127.0.0.1', 'slack.invalid'])('connections to %s', (host) => {
  it('go through a proxy unless that is this machine', async () => {
    const { asked } = await connectTwice(host);
    expect(asked).toHaveLength(host === '127.0.0.1' ? 0 : 2);
  });

  it('are ended but for the latest', async () => {
    const { connection, closed } = await connectTwice(host);
    connection.end({ keepLatest: true });
    await vi.waitFor(() => expect(closed()).toEqual([true, false]));
  });

  it('are all ended', async () => {
    const { connection, closed } = await connectTwice(host);
    connection.end({ keepLatest: false });
    await vi.waitFor(() => expect(closed()).toEqual([true, true]));
  });
});
