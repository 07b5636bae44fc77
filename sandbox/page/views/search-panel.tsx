import { useMemo, useState } from 'react';
import type { Message } from '../../control-api.ts';
import { lookAt } from '../store/look-at.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { channelsOf } from '../store/unread.ts';
import { findMessages, type Hit } from '../text/find-messages.ts';
import { longDay, timeOfDay } from '../text/instants.ts';
import { SidePanel } from './side-panel.tsx';

/** Looks for words in all that the person can see. */
export function SearchPanel({ state }: { state: PageState }) {
  const [query, setQuery] = useState('');
  const { messages, actor } = state;
  const channels = channelsOf(state, actor);
  const visible = useMemo(
    () =>
      Object.values(messages)
        .flat()
        .filter(isVisibleTo(actor, new Set(channels.map(({ id }) => id)))),
    [messages, actor, channels],
  );
  const hits = useMemo(() => findMessages(visible, query), [visible, query]);
  return (
    <SidePanel title="Search" testId="search-panel" onClose={() => dispatch({ type: 'search', open: false })}>
      <div className="search">
        <input
          type="search"
          aria-label="Words to look for"
          placeholder="Words in messages"
          data-testid="search-words"
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <p className="hint" role="status">
          {query.trim() === '' ? 'All channels and your direct messages.' : countOf(hits)}
        </p>
        <ul>
          {hits.map((hit) => (
            <Found
              key={`${hit.message.channel}/${hit.message.ts}`}
              hit={hit}
              channel={channels.find(({ id }) => id === hit.message.channel)?.name ?? ''}
              zone={state.zone}
            />
          ))}
        </ul>
      </div>
    </SidePanel>
  );
}

function Found({ hit: { message, excerpt }, channel, zone }: { hit: Hit; channel: string; zone: string }) {
  const at = Date.parse(message.at);
  return (
    <li>
      <button type="button" className="found" data-testid="found" onClick={() => lookAt(message)}>
        <small>
          {channel} · {longDay(at, zone)}, {timeOfDay(at, zone)}
        </small>
        {excerpt}
      </button>
    </li>
  );
}

function isVisibleTo(actor: string, channels: Set<string>) {
  return ({ channel, onlyFor }: Message) =>
    channels.has(channel) && (onlyFor === undefined || onlyFor === actor);
}

function countOf(hits: Hit[]): string {
  return hits.length === 1 ? '1 message' : `${hits.length || 'No'} messages`;
}
