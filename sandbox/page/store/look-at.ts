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
  const link = `${location.origin}/${location.search}${hashOf(channel)}/${ts}`;
  const copied = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
  notify(copied ? 'The link is copied.' : `The link: ${link}`);
}

/** What the page's address says of a channel. */
export function hashOf(channel: string): string {
  return `#/${encodeURIComponent(channel)}`;
}

/** Goes where the page's address leads, if it leads to a channel or a message of this workspace. */
export function followLink(): void {
  const [, named = '', ts] = /^#\/([^/]+)(?:\/([\d.]+))?$/.exec(location.hash) ?? [];
  const channel = decodeURIComponent(named);
  const { workspace, place } = getState();
  if (!workspace?.channels.some(({ id }) => id === channel)) return;
  if (ts === undefined && place.kind === 'channel' && place.id === channel) return;
  // The place that it leads to takes the place of the link in what Back goes through.
  history.replaceState(null, '', `${location.pathname}${location.search}${hashOf(channel)}`);
  const message = getState().messages[channel]?.find((each) => each.ts === ts);
  if (ts === undefined) goTo({ kind: 'channel', id: channel });
  else lookAt(message ?? { channel, ts });
}
