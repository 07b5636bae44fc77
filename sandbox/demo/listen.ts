import type { Server } from 'node:http';

/** Only this machine can reach the demo. */
export const loopback = '127.0.0.1';

/**
 * Starts listening on loopback; port 0 lets the system choose. Resolves with the address, such as
 * `http://127.0.0.1:8080`; rejects when the port is taken.
 */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://${loopback}:${address.port}`;
}

/** Stops listening and drops every connection, busy ones too. */
export async function shutDown(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
