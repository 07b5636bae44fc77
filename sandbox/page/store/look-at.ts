/** The way to a message, and a link that leads there. */
import type { Message } from '../../control-api.ts';
import { goTo, openThread } from './actions.ts';
import { notify } from './run.ts';
import { dispatch, getState } from './store.ts';

type Address = Pick<Message, 'channel' | 'ts' | 'threadTs'>;

/** Goes to a message; a reply is in its thread, so that is opened at its parent. */
export function lookAt({ channel, ts, threadTs }: Address): void {
  goTo({ kind: 'channel', id: channel });
  dispatch({ type: 'focus', focus: { channel, ts: threadTs ?? ts, takesFocus: true } });
  if (threadTs !== undefined && threadTs !== ts) openThread(channel, threadTs);
}

/** Puts the address of a message on the clipboard. */
export async function copyLink({ channel, ts }: Address): Promise<void> {
  const link = `${location.origin}/${location.search}#/${encodeURIComponent(channel)}/${ts}`;
  const copied = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
  notify(copied ? 'The link is copied.' : `The link: ${link}`);
}

/** Goes where the page's address leads, if it leads to a message of this workspace. */
export function followLink(): void {
  const [, place = '', ts] = /^#\/([^/]+)\/([\d.]+)$/.exec(location.hash) ?? [];
  const channel = decodeURIComponent(place);
  const known = getState().workspace?.channels.some(({ id }) => id === channel);
  if (!channel || !ts || !known) return;
  const message = getState().messages[channel]?.find((each) => each.ts === ts);
  lookAt(message ?? { channel, ts });
}
