import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ClockState, WorkspaceEvent } from '../../control-api.ts';

/** Keeps proxies and browsers from closing a silent stream. */
const HEARTBEAT_MS = 15_000;

/** Everybody who reads the events of one workspace. */
export class EventStream {
  readonly #readers = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS);

  publish(event: WorkspaceEvent): void {
    if (this.#readers.size > 0) this.#write(frame(event));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }

  /** Adds the route `path`. */
  register(app: FastifyInstance, path: string, clockState: () => Promise<ClockState>): void {
    app.get(path, async (_request, reply) => {
      const clock = await clockState();
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(frame({ type: 'clock', clock }));
      this.#readers.add(response);
      response.on('close', () => this.#readers.delete(response));
    });
  }

  #write(text: string): void {
    for (const reader of this.#readers) reader.write(text);
  }
}

function frame(event: WorkspaceEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
