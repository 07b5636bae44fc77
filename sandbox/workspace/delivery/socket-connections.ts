import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { DisconnectApp } from '../../control-api.ts';
import { newSecret } from '../ids.ts';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../stored.ts';

const MOST_CONNECTIONS = 10;
const TICKET_LIFETIME_MS = 30_000;
const PING_EVERY_MS = 10_000;
/** After a `warning`, Slack closes about ten seconds later. */
const WARNING_MS = 10_000;

export interface ConnectionHandlers {
  onOpen: (connection: WebSocket) => void;
  onMessage: (message: JsonObject) => void;
  onClose: (connection: WebSocket) => void;
}

/** The app's Socket Mode connections: tickets, greeting, heartbeat, disconnect frames. */
export class SocketConnections {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 4_000_000 });
  readonly #tickets = new Map<string, number>();
  readonly #open = new Set<WebSocket>();
  readonly #appId: string;
  readonly #wall: () => number;
  readonly #handlers: ConnectionHandlers;
  readonly #timers = new Set<NodeJS.Timeout>();
  #turn = 0;

  constructor(appId: string, wall: () => number, handlers: ConnectionHandlers) {
    this.#appId = appId;
    this.#wall = wall;
    this.#handlers = handlers;
  }

  get count(): number {
    return this.#open.size;
  }

  /** A query string that admits one connection within half a minute. */
  ticket(): string {
    const ticket = newSecret();
    this.#tickets.set(ticket, this.#wall() + TICKET_LIFETIME_MS);
    return `ticket=${ticket}&app_id=${this.#appId}`;
  }

  /** One of the connections, each in its turn; undefined when there is none. */
  next(): WebSocket | undefined {
    const open = [...this.#open].filter((connection) => connection.readyState === WebSocket.OPEN);
    this.#turn += 1;
    return open[this.#turn % Math.max(1, open.length)];
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    const expires = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    if (expires <= this.#wall()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#greet(connection));
  }

  disconnect(how: DisconnectApp['how']): number {
    const told = [...this.#open];
    for (const connection of told) {
      if (how === 'drop') connection.terminate();
      else this.#sayGoodbye(connection, how);
    }
    return told.length;
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const connection of this.#open) connection.terminate();
    this.#server.close();
  }

  #greet(connection: WebSocket): void {
    if (this.#open.size >= MOST_CONNECTIONS) {
      this.#sayGoodbye(connection, 'too_many_websockets');
      return;
    }
    this.#open.add(connection);
    connection.on('error', () => connection.terminate());
    connection.on('message', (data) => {
      const message = parseJson(String(data));
      if (isObject(message)) this.#handlers.onMessage(message);
    });
    const stopPinging = this.#keepAlive(connection);
    connection.on('close', () => {
      stopPinging();
      this.#open.delete(connection);
      this.#handlers.onClose(connection);
    });
    connection.send(JSON.stringify({ type: 'hello', num_connections: this.#open.size, ...this.#about() }));
    this.#handlers.onOpen(connection);
  }

  #about(): JsonObject {
    return {
      connection_info: { app_id: this.#appId },
      debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
    };
  }

  #sayGoodbye(connection: WebSocket, reason: string): void {
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
    if (reason === 'warning') this.#later(WARNING_MS, () => connection.close());
    else connection.close();
  }

  /** Pings; a connection that did not answer the last ping is dead. */
  #keepAlive(connection: WebSocket): () => void {
    let answered = true;
    connection.on('pong', () => {
      answered = true;
    });
    const timer = setInterval(() => {
      if (!answered) connection.terminate();
      answered = false;
      connection.ping();
    }, PING_EVERY_MS);
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    };
  }

  #later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }
}
