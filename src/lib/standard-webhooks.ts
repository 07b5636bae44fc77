import { createHmac } from 'node:crypto';

/** What is signed, as Standard Webhooks says. */
export interface Signed {
  id: string;
  /** Of the attempt, whole seconds since 1970: a receiver refuses what is old. */
  timestamp: number;
  body: string;
}

/** The headers of a message, signed with each of some secrets. */
export function signedHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}

/** Whether a text is a secret of Standard Webhooks: a mark, and 24 to 64 bytes in base64. */
export function isWebhookSecret(value: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const { length } = Buffer.from(encoded ?? '', 'base64');
  return length >= 24 && length <= 64;
}

/** What is said of a text that is none. */
export const notAWebhookSecret = 'is not a secret of Standard Webhooks: whsec_ and 24 to 64 bytes in base64';
