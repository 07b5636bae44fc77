import type { ServerResponse } from 'node:http';

/** Ends a response with what a listener acknowledged with: nothing, a text or an object. */
export function respond(response: ServerResponse, status: number, content?: unknown): void {
  if (response.headersSent || response.destroyed) return;
  if (content === undefined || content === null || content === '') {
    response.writeHead(status, { 'content-length': '0' }).end();
    return;
  }
  const isText = typeof content === 'string';
  const body = Buffer.from(isText ? content : JSON.stringify(content));
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) }).end(body);
}
