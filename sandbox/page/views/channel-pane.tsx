import { useEffect, useMemo, useState } from 'react';
import type { Channel, Message, Workspace } from '../../control-api.ts';
import { hasRollout } from '../store/find-card.ts';
import { channelMessages } from '../store/messages.ts';
import type { PageState } from '../store/state.ts';
import { dispatch } from '../store/store.ts';
import { readKey } from '../store/unread.ts';
import { PostList } from '../teams/post-list.tsx';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { TrafficBar } from './traffic-bar.tsx';

interface Props {
  state: PageState;
  workspace: Workspace;
  channel: Channel;
}

const NONE: Message[] = [];

/** A channel or a conversation with the app: name and topic, messages, composer. */
export function ChannelPane({ state, workspace, channel }: Props) {
  const { actor, zone } = state;
  const held = state.messages[channel.id] ?? NONE;
  const messages = useMemo(() => channelMessages(held, actor), [held, actor]);
  const [newSince] = useState(() => state.lastRead[readKey(actor, channel.id)]);
  const newest = messages.at(-1)?.ts;
  useEffect(() => {
    if (newest) dispatch({ type: 'read', channel: channel.id, ts: newest });
  }, [newest, channel.id]);
  const focus = state.focus?.channel === channel.id ? state.focus : undefined;
  const isTeams = state.platform === 'teams';
  const title = channel.kind === 'direct' ? workspace.bot.name : `${isTeams ? '' : '# '}${channel.name}`;
  const label = `Messages in ${title}`;
  return (
    <section className="pane" aria-label={title}>
      <header className="pane-header">
        <h1>{title}</h1>
        <p>{channel.kind === 'direct' ? 'Between you and the app' : channel.topic}</p>
      </header>
      {state.demo && hasRollout(state, channel) && <TrafficBar demo={state.demo} />}
      {messages.length === 0 && (
        <p className="empty">Nothing here yet. What {workspace.bot.name} posts arrives by itself.</p>
      )}
      {isTeams ? (
        <PostList {...{ state, workspace, channel, held, newSince, label }} posts={messages} />
      ) : (
        <MessageList {...{ workspace, actor, zone, messages, held, newSince, label, focus }} />
      )}
      <Announcer {...{ workspace, actor, messages }} />
      <Composer
        state={state}
        channel={channel.id}
        placeholder={isTeams && channel.kind === 'channel' ? 'Start a post' : `Message ${title}`}
      />
    </section>
  );
}
