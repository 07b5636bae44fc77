/** The events of what the page shows. */
import type { WorkspaceEvent } from '../../control-api.ts';
import { eventsOf } from '../api.ts';
import type { Platform } from '../platform.ts';

interface Reader {
  /** All of them are open. */
  onOpen: () => void;
  onEvent: (event: WorkspaceEvent) => void;
  /** One of them broke off. */
  onLost: () => void;
}

/** What is of both platforms comes with Slack's events; the rest of those is not Teams'. */
const ofBoth: readonly string[] = ['clock', 'demo', 'bot', 'show'];

/** Follows a platform's events until the function is called that it answers. */
export function openStreams(platform: Platform, { onOpen, onEvent, onLost }: Reader): () => void {
  const streams =
    platform === 'slack'
      ? [follow(eventsOf('slack'), onEvent)]
      : [
          follow(eventsOf('teams'), onEvent),
          follow(eventsOf('slack'), (event) => ofBoth.includes(event.type) && onEvent(event)),
        ];
  const allOpen = () => streams.every(({ readyState }) => readyState === EventSource.OPEN);
  for (const stream of streams) {
    stream.onopen = () => allOpen() && onOpen();
    stream.onerror = onLost;
  }
  return () => {
    for (const stream of streams) stream.close();
  };
}

function follow(address: string, onEvent: (event: WorkspaceEvent) => void): EventSource {
  const stream = new EventSource(address);
  stream.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as WorkspaceEvent);
  return stream;
}
