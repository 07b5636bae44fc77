import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { eventually } from './eventually.ts';

/** Takes a port of 127.0.0.1 as soon as it is free. Whoever calls there gets no answer. */
export async function takePort(port: number): Promise<Server> {
  const server = createServer();
  await eventually(async () => {
    server.listen({ port, host: '127.0.0.1' });
    await once(server, 'listening');
  });
  return server;
}
