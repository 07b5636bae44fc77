import { createServer } from 'node:net';
import { hasErrorCode } from './error-code.ts';

/** A free TCP port on 127.0.0.1: the preferred one if it is free, else any. */
export async function findFreePort(preferred?: number): Promise<number> {
  try {
    return await listenOnce(preferred ?? 0);
  } catch (error) {
    if (preferred !== undefined && hasErrorCode(error, 'EADDRINUSE', 'EACCES')) return listenOnce(0);
    throw error;
  }
}

function listenOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
