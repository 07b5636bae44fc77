import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { WebSocket } from 'undici';
import { afterEach, expect, it, vi } from 'vitest';
import { createSocketConnection } from '../../../../src/bot/slack/receiver/socket-connection.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A peer that takes connections and never says a word. */
async function startSilentPeer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.resume());
    // The other side may go without a word, too.
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { sockets, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function connectTwice() {
  const peer = await startSilentPeer();
  const connection = createSocketConnection();
  for (const count of [1, 2]) {
    const socket = new WebSocket(peer.url, { dispatcher: connection.dispatcher });
    socket.addEventListener('error', () => undefined);
    await vi.waitFor(() => expect(peer.sockets).toHaveLength(count));
  }
  const closed = () => peer.sockets.map((socket) => socket.closed);
  return { connection, closed };
}

it('ends what was opened before, and spares the latest', async () => {
  const { connection, closed } = await connectTwice();
  connection.end({ keepLatest: true });
  await vi.waitFor(() => expect(closed()).toEqual([true, false]));
});

it('ends everything', async () => {
  const { connection, closed } = await connectTwice();
  connection.end({ keepLatest: false });
  await vi.waitFor(() => expect(closed()).toEqual([true, true]));
});
