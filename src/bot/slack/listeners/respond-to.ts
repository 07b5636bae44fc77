import { createFetch } from '../../../lib/http/create-fetch.ts';

const respondFetch = createFetch({ maxBytes: 64 * 1024, timeoutMs: 2_500 });

/** Answers at the address that Slack gave with a request, which lives half an hour. The answer throws when it is not taken. */
export function respondTo(url: string) {
  return async (message: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const { status } = await respondFetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
    if (status !== 200) throw new Error(`Slack answered with HTTP ${status}.`);
  };
}
