/** Work that nobody waits for, and what the page says when it fails. */
import { isNoAnswer, NOT_SENT, wordsFor } from './outcome.ts';
import { dispatch, getState } from './store.ts';

const NOTICE_MS = 8000;

/** Says something to whoever looks at the page, for a while; the same thing once at a time. */
export function notify(text: string): void {
  const id = crypto.randomUUID();
  dispatch({ type: 'notice', notice: { id, text } });
  setTimeout(() => dispatch({ type: 'notice-dismissed', id }), NOTICE_MS);
}

/** Changes something, and says so when it could not be done. Resolves when it is over, and never rejects. */
export async function change(work: () => Promise<unknown>): Promise<void> {
  if (getState().connection === 'lost') notify(NOT_SENT);
  else await work().catch((error: unknown) => notify(wordsFor(error)));
}

/** Reads something. Without a connection there is nothing to say: it is read again when that is back. */
export function read(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!isNoAnswer(error)) notify(wordsFor(error));
  });
}
