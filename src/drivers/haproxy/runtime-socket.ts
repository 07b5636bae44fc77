import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { hasErrorCode, isCoded } from '../../lib/error-code.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';

/** The states of a hundred thousand servers are smaller. */
const maxAnswerBytes = 8 * 1024 * 1024;

export interface RuntimeSocket {
  /** The path of a socket, or `host:port`. */
  socket: string;
  timeoutMs: number;
}

/**
 * Gives one line of commands to HAProxy's runtime socket and returns all that it answers, trimmed. A time-out says
 * nothing about whether they were carried out.
 * @throws DriverError
 */
export async function askRuntime({ socket, timeoutMs }: RuntimeSocket, command: string): Promise<string> {
  const client = connect(toAddress(socket));
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    await once(client, 'connect', { signal });
    // It answers one line, and closes.
    client.write(`${command}\n`);
    return await readAll(client, signal);
  } catch (error) {
    throw error instanceof DriverError ? error : new DriverError(describeFailure(error, timeoutMs));
  } finally {
    client.destroy();
  }
}

async function readAll(client: Socket, signal: AbortSignal): Promise<string> {
  const stop = () => client.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of client as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new DriverError('HAProxy answered more than can be its state.');
    chunks.push(chunk);
  }
  if (signal.aborted) throw signal.reason;
  return Buffer.concat(chunks).toString('utf8').trim();
}

function toAddress(socket: string): { path: string } | { host: string; port: number } {
  if (socket.startsWith('/')) return { path: socket };
  const colon = socket.lastIndexOf(':');
  return { host: socket.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(socket.slice(colon + 1)) };
}

function describeFailure(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name))
    return `HAProxy did not answer within ${timeoutMs / 1000} s.`;
  if (hasErrorCode(error, 'EACCES'))
    return "tminus may not open HAProxy's runtime socket (EACCES). Give its user the right to write to it.";
  if (isCoded(error)) return `HAProxy's runtime socket can't be reached (${error.code}).`;
  return `HAProxy's driver failed (${error instanceof Error ? error.name : typeof error}).`;
}
