import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { DisconnectApp } from '../../control-api.ts';
import { newId } from '../ids.ts';
import { stringOf } from '../json.ts';
import type { Table } from '../store.ts';
import type { JsonObject, StoredEnvelope } from '../stored.ts';
import {
  type Acknowledgement,
  type AppDelivery,
  type DeliveryRequest,
  type DeliveryTiming,
  responseOf,
} from './app-delivery.ts';
import { SocketConnections } from './socket-connections.ts';

/** An envelope on its way. `connection`: where the present attempt went; none while it waits. */
interface Pending {
  envelope: StoredEnvelope;
  connection?: WebSocket;
  timer?: NodeJS.Timeout;
  reason?: 'timeout' | 'connection_failed';
  startedMs: number;
  /** Tells the person's side; its own time limit spans all attempts. */
  settle?: (acknowledgement: Acknowledgement) => void;
  giveUpTimer?: NodeJS.Timeout;
}

export interface SocketDeliveryParts {
  appId: string;
  envelopes: Table<StoredEnvelope>;
  wall: () => number;
  timing: DeliveryTiming;
  onConnected: (connected: boolean) => void;
}

/**
 * Socket Mode. An envelope goes to any one connection. Unacknowledged, it is sent again: at once when its
 * connection was lost and another is there, else on the next connection, else after Slack's delays; at
 * most three times, within its lifetime, over restarts of either side.
 */
export class SocketDelivery implements AppDelivery {
  readonly #parts: SocketDeliveryParts;
  readonly #connections: SocketConnections;
  readonly #pending = new Set<Pending>();
  readonly #sent = new Map<string, Pending>();

  constructor(parts: SocketDeliveryParts) {
    this.#parts = parts;
    this.#connections = new SocketConnections(parts.appId, parts.wall, {
      onOpen: () => this.#opened(),
      onMessage: (message) => this.#acknowledged(message),
      onClose: (connection) => this.#lost(connection),
    });
    for (const envelope of parts.envelopes.values()) {
      this.#pending.add({ envelope, reason: 'connection_failed', startedMs: performance.now() });
    }
  }

  connected(): boolean {
    return this.#connections.count > 0;
  }

  ticket(): string {
    return this.#connections.ticket();
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#connections.accept(request, socket, head);
  }

  disconnect(how: DisconnectApp['how']): number {
    return this.#connections.disconnect(how);
  }

  deliver(request: DeliveryRequest): Promise<Acknowledgement> {
    const here = this.connected();
    if (!here && request.kind !== 'events_api') {
      return Promise.resolve({ status: 'not-delivered', detail: 'No app is connected.' });
    }
    const envelope = { ...request, id: newId('E'), attempts: 0, createdWallMs: this.#parts.wall() };
    const pending: Pending = { envelope, startedMs: performance.now() };
    this.#pending.add(pending);
    this.#parts.envelopes.put(envelope.id, envelope);
    if (!here) return Promise.resolve({ status: 'not-delivered', detail: 'Kept until the app connects.' });
    return new Promise((resolve) => {
      pending.settle = resolve;
      const giveUp = () => this.#settle(pending, { status: 'timed-out' });
      pending.giveUpTimer = setTimeout(giveUp, this.#parts.timing.ackTimeoutMs);
      this.#send(pending);
    });
  }

  close(): void {
    for (const pending of this.#pending) {
      clearTimeout(pending.timer);
      this.#settle(pending, { status: 'not-delivered', detail: 'The workspace is closing.' });
    }
    this.#pending.clear();
    this.#connections.close();
  }

  #send(pending: Pending): void {
    clearTimeout(pending.timer);
    if (this.#isOver(pending)) {
      this.#drop(pending);
      return;
    }
    const connection = this.#connections.next();
    if (!connection) {
      delete pending.connection;
      return;
    }
    pending.connection = connection;
    pending.envelope = { ...pending.envelope, attempts: pending.envelope.attempts + 1 };
    this.#parts.envelopes.put(pending.envelope.id, pending.envelope);
    const envelopeId = randomUUID();
    this.#sent.set(envelopeId, pending);
    connection.send(JSON.stringify(this.#frame(envelopeId, pending)));
    pending.timer = setTimeout(() => this.#timedOut(pending), this.#parts.timing.ackTimeoutMs);
  }

  #frame(envelopeId: string, { envelope, reason }: Pending): JsonObject {
    const retry = envelope.attempts > 1 || reason !== undefined;
    return {
      envelope_id: envelopeId,
      type: envelope.kind,
      accepts_response_payload: envelope.acceptsResponse,
      payload: envelope.payload,
      ...(retry
        ? { retry_attempt: Math.max(1, envelope.attempts - 1), retry_reason: reason ?? 'timeout' }
        : {}),
    };
  }

  #acknowledged(message: JsonObject): void {
    const pending = this.#sent.get(stringOf(message.envelope_id) ?? '');
    if (!pending) return;
    const ackMs = performance.now() - pending.startedMs;
    this.#settle(pending, { status: 'acknowledged', ackMs, response: responseOf(message.payload) });
    this.#drop(pending);
  }

  #timedOut(pending: Pending): void {
    this.#settle(pending, { status: 'timed-out' });
    delete pending.connection;
    if (this.#isOver(pending)) {
      this.#drop(pending);
      return;
    }
    pending.reason = 'timeout';
    const delay = this.#parts.timing.redeliveryDelaysMs[pending.envelope.attempts - 1] ?? 0;
    pending.timer = setTimeout(() => this.#send(pending), delay);
  }

  #lost(connection: WebSocket): void {
    if (!this.connected()) this.#parts.onConnected(false);
    for (const pending of this.#pending) {
      if (pending.connection !== connection) continue;
      pending.reason = 'connection_failed';
      delete pending.connection;
      if (this.connected()) this.#send(pending);
    }
  }

  #opened(): void {
    if (this.#connections.count === 1) this.#parts.onConnected(true);
    for (const pending of this.#pending) if (!pending.connection) this.#send(pending);
  }

  #isOver({ envelope }: Pending): boolean {
    const { eventLifetimeMs, interactionLifetimeMs, redeliveryDelaysMs } = this.#parts.timing;
    const lifetime = envelope.kind === 'events_api' ? eventLifetimeMs : interactionLifetimeMs;
    return (
      envelope.attempts > redeliveryDelaysMs.length || this.#parts.wall() - envelope.createdWallMs >= lifetime
    );
  }

  #drop(pending: Pending): void {
    clearTimeout(pending.timer);
    this.#settle(pending, { status: 'timed-out' });
    this.#pending.delete(pending);
    this.#parts.envelopes.delete(pending.envelope.id);
    for (const [id, each] of this.#sent) if (each === pending) this.#sent.delete(id);
  }

  #settle(pending: Pending, acknowledgement: Acknowledgement): void {
    clearTimeout(pending.giveUpTimer);
    pending.settle?.(acknowledgement);
    delete pending.settle;
  }
}
