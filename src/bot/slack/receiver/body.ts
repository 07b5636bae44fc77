import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';

/** Slack's payloads are a few kilobytes; views with all their state some hundred. */
export const bodyLimitBytes = 1024 * 1024;

export type BodyReading = { result: 'read'; body: Buffer } | { result: 'too-large' } | { result: 'aborted' };

/** The raw body, as signed. Stops reading at the limit. */
export function readBody(request: IncomingMessage, limit: number = bodyLimitBytes): Promise<BodyReading> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ result: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.pause();
        request.removeAllListeners('data');
        resolve({ result: 'too-large' });
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve({
        result: 'read',
        body: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks),
      });
    });
    request.on('error', () => resolve({ result: 'aborted' }));
    request.on('close', () => resolve({ result: 'aborted' }));
  });
}

export type Payload = Record<string, unknown>;

/** A body as the object that Bolt takes; null when it can't be read as what it says it is. */
export function parseBody(contentType: string | undefined, body: Buffer): Payload | null {
  const mediaType = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'application/json') return parseObject(body.toString('utf8'));
  if (mediaType !== 'application/x-www-form-urlencoded') return null;
  const form = parse(body.toString('utf8'), undefined, undefined, { maxKeys: 100 });
  // A copy, since the parsed form has no prototype and some database drivers stumble over that.
  return typeof form.payload === 'string' ? parseObject(form.payload) : { ...form };
}

function parseObject(json: string): Payload | null {
  try {
    const value: unknown = JSON.parse(json);
    return isPayload(value) ? value : null;
  } catch {
    return null;
  }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
