import { errorMessage } from '../error-message.ts';
import { isNotConnected } from './not-connected.ts';

/**
 * What is known of a request of `createFetch` that ended without an answer: that it was not sent, or nothing. The
 * detail names the host, and nothing else of an address, which may be a secret.
 */
export function failedRequest(error: unknown): { result: 'not-sent' | 'unknown'; detail: string } {
  return { result: isNotConnected(error) ? 'not-sent' : 'unknown', detail: errorMessage(error) };
}
