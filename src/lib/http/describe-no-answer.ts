import { errorChain } from '../error-chain.ts';
import { isCoded } from '../error-code.ts';

/** What a status says that is no success, as a clause. */
export function describeStatus(status: number): string {
  if (status >= 300 && status < 400) return `it redirects (HTTP ${status})`;
  return status === 401 || status === 403 ? `it refuses us (HTTP ${status})` : `HTTP ${status}`;
}

/** Why there was no answer, as a clause, with nothing of the address or of what was sent. */
export function describeNoAnswer(error: unknown, { timeoutMs }: { timeoutMs: number }): string {
  const chain = errorChain(error);
  if (chain.some((link) => link.name === 'TimeoutError')) return `no answer within ${timeoutMs / 1000} s`;
  const code = chain.find(isCoded)?.code;
  return `unreachable${code === undefined ? '' : ` (${code})`}`;
}
