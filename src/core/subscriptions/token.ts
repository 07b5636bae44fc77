import { createHmac, timingSafeEqual } from 'node:crypto';

/** What somebody who has a token may do. */
export type TokenPurpose = 'confirm' | 'unsubscribe';

/** `<id of the subscriber>.<expiry>.<signature>`; an expiry of 0 is none. */
const form = /^([0-9a-f-]{36})\.(\d{1,16})\.([\w-]{43})$/;

interface Token {
  purpose: TokenPurpose;
  /** The id of the subscriber's row. */
  subscriberId: string;
  /** Epoch ms; null: it holds for ever, as RFC 8058 wants of a link in a message. */
  expiresAt: number | null;
}

/** A token that only we can have made. It is in no row: it follows from one and the secret. */
export function signToken(secret: string, { purpose, subscriberId, expiresAt }: Token): string {
  const expiry = expiresAt ?? 0;
  return `${subscriberId}.${expiry}.${signatureOf(secret, `${purpose}.${subscriberId}.${expiry}`)}`;
}

/** The subscriber for whom a token was made; null when it was not, was made for something else, or has expired. */
export function readToken(
  secret: string,
  token: string,
  { purpose, now }: { purpose: TokenPurpose; now: number },
): string | null {
  const [, subscriberId, expiry, signature] = form.exec(token) ?? [];
  if (subscriberId === undefined || expiry === undefined || signature === undefined) return null;
  const expected = signatureOf(secret, `${purpose}.${subscriberId}.${expiry}`);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
  return expiry === '0' || Number(expiry) > now ? subscriberId : null;
}

/** Forty-three characters of base64url. */
function signatureOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(`tminus-subscription.${text}`).digest('base64url');
}
