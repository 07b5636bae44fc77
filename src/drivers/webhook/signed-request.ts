import type { Clock } from '../../lib/clock.ts';
import { errorChain } from '../../lib/error-chain.ts';
import { isCoded } from '../../lib/error-code.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { signedHeaders } from '../../lib/standard-webhooks.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { WebhookDriverSettings } from './schema.ts';

const maxAnswerBytes = 65_536;

export interface ServiceAnswer {
  status: number;
  /** The JSON; null when there is none. */
  body: unknown;
}

/** Sends a request under an id, signed. @throws DriverError when there is no answer, with no secret in its message. */
export type SendSigned = (id: string, request: { type: string; data: object }) => Promise<ServiceAnswer>;

/** Makes the function that asks the service of these settings, and nobody else: it follows no redirect. */
export function createSignedRequest(settings: WebhookDriverSettings, clock: Clock): SendSigned {
  const { url, secret, previousSecret, timeoutMs } = settings;
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs });
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  return async (id, { type, data }) => {
    const now = clock.wall();
    const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data });
    const signed = { id, timestamp: Math.floor(now / 1_000), body };
    const headers = { 'content-type': 'application/json', ...signedHeaders(signed, secrets) };
    try {
      const response = await fetch(url, { method: 'POST', headers, body });
      return { status: response.status, body: parseJson(await response.text()) };
    } catch (error) {
      throw new DriverError(describeFailure(error, timeoutMs));
    }
  };
}

/** Only the kind of failure: a message of another library may hold the address. */
function describeFailure(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `The deployment service did not answer within ${timeoutMs / 1000} s.`;
  const code = errorChain(error).find(isCoded)?.code;
  if (code !== undefined) return `The deployment service can't be reached (${code}).`;
  return `The webhook driver failed (${error instanceof Error ? error.name : typeof error}).`;
}
