import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DeploymentSource } from '../../config/deployments-schema.ts';
import { isSigned } from '../results/verify-signature.ts';

export interface ReceivedRequest {
  header(name: string): string | undefined;
  body: Buffer;
  /** What follows the question mark; empty when nothing does. */
  query: string;
}

/**
 * By what a request is known again, when it comes from who the source says; null when it does not. `now`: epoch ms.
 */
export function authenticate(
  source: DeploymentSource,
  { header, body, query }: ReceivedRequest,
  now: number,
): string | null {
  const secrets = [source.secret, source.previousSecret].filter((one) => one !== undefined);
  switch (source.kind) {
    case 'signed': {
      const signature = header('x-tminus-signature');
      const signed = { timestamp: header('x-tminus-timestamp'), signature, query, body };
      return isSigned(signed, { secrets, now }) ? `${signature}` : null;
    }
    case 'github': {
      const expected = secrets.map(
        (secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      );
      if (!isOneOf(header('x-hub-signature-256'), expected)) return null;
      // GitHub's number of the delivery, which a repeat has too, is not signed: the body says more.
      return `${header('x-github-event')} ${createHash('sha256').update(body).digest('hex')}`;
    }
    case 'argo-cd': {
      const expected = secrets.map((secret) => `Bearer ${secret}`);
      if (!isOneOf(header('authorization'), expected)) return null;
      return createHash('sha256').update(body).digest('hex');
    }
  }
}

/** All of them are compared, so that the time it takes says nothing. */
function isOneOf(given: string | undefined, expected: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const found = digest(given ?? '');
  return expected.map((each) => timingSafeEqual(digest(each), found)).includes(true);
}
