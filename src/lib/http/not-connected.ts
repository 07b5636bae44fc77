import { subscribe } from 'node:diagnostics_channel';
import { errorChain } from '../error-chain.ts';

const connectErrors = new WeakSet<object>();

// undici says here, and nowhere else, that an error came before there was a connection: an address that can't be
// resolved or reached, a proxy that refuses, a TLS handshake that breaks off. The code alone does not tell:
// ECONNRESET may come before anything was sent, and after.
subscribe('undici:client:connectError', (message) => {
  const { error } = message as { error: object };
  connectErrors.add(error);
});

/** Whether a request failed because no connection came about, so that nothing of it was sent; in doubt, false. */
export function isNotConnected(error: unknown): error is Error {
  return errorChain(error).some((link) => connectErrors.has(link));
}
