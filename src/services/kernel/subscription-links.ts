import { signToken } from '../../core/subscriptions/token.ts';

/** Where people outside reach tminus, and what signs the links to there. */
export interface LinkSettings {
  publicUrl: string;
  secret: string;
}

/** How long somebody has to confirm their address. Milliseconds: two days. */
export const confirmWithinMs = 48 * 60 * 60_000;

/** The page on which somebody leaves a list, which is also where a program does it for them (RFC 8058). */
export function unsubscribeUrl({ publicUrl, secret }: LinkSettings, subscriberId: string): string {
  const token = signToken(secret, { purpose: 'unsubscribe', subscriberId, expiresAt: null });
  return `${publicUrl}/subscriptions/unsubscribe?token=${token}`;
}

/** The page on which somebody confirms that an address is theirs. `askedAt`: epoch ms. */
export function confirmUrl(
  { publicUrl, secret }: LinkSettings,
  { subscriberId, askedAt }: { subscriberId: string; askedAt: number },
): string {
  const token = signToken(secret, { purpose: 'confirm', subscriberId, expiresAt: askedAt + confirmWithinMs });
  return `${publicUrl}/subscriptions/confirm?token=${token}`;
}
