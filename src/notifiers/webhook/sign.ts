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
