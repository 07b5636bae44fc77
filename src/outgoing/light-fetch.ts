import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** As much of a request to `fetch` as is understood here. */
export interface LightRequest {
  method?: string;
  headers?: Record<string, string>;
  /** Text only. */
  body?: unknown;
  /** Covers the whole answer. */
  signal?: AbortSignal;
}

/** As much of the response of `fetch` as is needed where it is used. */
export interface LightResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null; entries(): Iterable<[string, string]> };
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** The time was over before there was a connection, so that nothing was sent. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
  readonly code = 'NOT_CONNECTED';
}

/** An idle connection is closed before the other side may close it under the next request. As Node's own fetch has it. */
const idleMs = 4_000;
const agentOptions = { keepAlive: true, timeout: idleMs };
const agents = {
  'http:': { request: http.request, agent: new http.Agent(agentOptions), connected: 'connect' },
  'https:': { request: https.request, agent: new https.Agent(agentOptions), connected: 'secureConnect' },
} as const;

/**
 * A `fetch` for many small requests to few hosts, at half the processor time of Node's. Follows no redirect and
 * keeps connections for a moment. Resolves when the answer is there as a whole, whatever its status.
 * @throws NotConnectedError, the signal's reason, or the network's error with its code.
 */
export function lightFetch(url: string | URL, init: LightRequest = {}): Promise<LightResponse> {
  const { body = '' } = init;
  if (typeof body !== 'string') return Promise.reject(new TypeError('Only text can be sent.'));
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const protocol = target.protocol === 'https:' ? agents['https:'] : agents['http:'];
    const request = protocol.request(target, {
      agent: protocol.agent,
      method: init.method ?? 'GET',
      headers: { ...init.headers, 'content-length': Buffer.byteLength(body) },
      ...(init.signal ? { signal: init.signal } : {}),
    });
    const isConnected = watchConnection(request, protocol.connected);
    const fail = (error: Error) =>
      reject(explain(error, { signal: init.signal, isConnected: isConnected() }));
    request.on('error', fail);
    request.once('response', (message) => {
      readAll(message).then((content) => resolve(new Answer(target.href, message, content)), fail);
    });
    request.end(body);
  });
}

function watchConnection(request: ClientRequest, connected: 'connect' | 'secureConnect'): () => boolean {
  let isConnected = false;
  const note = () => {
    isConnected = true;
  };
  request.once('socket', (socket) => {
    if (request.reusedSocket) note();
    else socket.once(connected, note);
  });
  return () => isConnected;
}

function explain(
  error: Error,
  { signal, isConnected }: { signal: AbortSignal | undefined; isConnected: boolean },
) {
  if (!signal?.aborted) return error;
  const cause: unknown = signal.reason;
  return isConnected ? cause : new NotConnectedError('There was no connection in time.', { cause });
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => {
    message.once('end', resolve);
    message.once('error', reject);
    // A connection that is closed in the middle of the answer.
    message.once('close', () => reject(new Error('The answer was cut off.')));
  });
  return Buffer.concat(chunks);
}

class Answer implements LightResponse {
  readonly url: string;
  readonly #message: IncomingMessage;
  readonly #content: Buffer;

  constructor(url: string, message: IncomingMessage, content: Buffer) {
    this.url = url;
    this.#message = message;
    this.#content = content;
  }

  get status(): number {
    return this.#message.statusCode ?? 0;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return this.#message.statusMessage ?? '';
  }

  readonly headers = {
    get: (name: string): string | null => {
      const value = this.#message.headers[name.toLowerCase()];
      return value === undefined ? null : String(value);
    },
    entries: (): [string, string][] =>
      Object.entries(this.#message.headers).map(([name, value]) => [name, String(value)]),
  };

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#content).buffer;
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async text(): Promise<string> {
    return this.#content.toString('utf8');
  }
}
