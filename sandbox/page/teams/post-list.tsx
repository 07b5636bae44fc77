import { Fragment, useMemo, useState } from 'react';
import type { Channel, Message, Workspace } from '../../control-api.ts';
import { compareTs, newestOwn } from '../store/messages.ts';
import type { PageState } from '../store/state.ts';
import { longDay } from '../text/instants.ts';
import { useFocusedMessage } from '../views/use-focused-message.ts';
import { useStickToBottom } from '../views/use-stick-to-bottom.ts';
import { Post, PostMessage } from './post.tsx';

interface Props {
  state: PageState;
  workspace: Workspace;
  channel: Channel;
  /** What stands in the channel or chat itself, oldest first. */
  posts: Message[];
  /** All that is known of it, replies included. */
  held: Message[];
  newSince: string | undefined;
  label: string;
}

/** How many posts are shown at first, and how many more at a time. */
const PAGE = 60;

/** The posts of a channel, or the messages of the chat with the app; the newest at the end. */
export function PostList({ state, workspace, channel, posts, held, newSince, label }: Props) {
  const { ref, onScroll, behind, toEnd } = useStickToBottom(held, newestOwn(posts, state.actor));
  const focus = state.focus?.channel === channel.id ? state.focus : undefined;
  useFocusedMessage(ref, focus, held);
  const [count, setCount] = useState(PAGE);
  const shown = posts.slice(-count);
  const replies = useMemo(() => repliesByPost(held), [held]);
  const firstNew = shown.find(
    ({ ts, user }) => newSince && compareTs(ts, newSince) > 0 && user !== state.actor,
  );
  const dayOf = ({ at }: Message) => longDay(Date.parse(at), state.zone);
  const isChat = channel.kind === 'direct';
  return (
    <div
      className={isChat ? 'message-list teams-list chat' : 'message-list teams-list'}
      ref={ref}
      onScroll={onScroll}
      role="log"
      aria-live="off"
      aria-label={label}
    >
      {shown.length < posts.length && (
        <button type="button" className="link earlier" onClick={() => setCount(count + PAGE)}>
          Show earlier {isChat ? 'messages' : 'posts'}
        </button>
      )}
      {shown.map((message, index) => {
        const previous = shown[index - 1];
        const newDay = !previous || dayOf(previous) !== dayOf(message);
        const own = message.user === state.actor ? ' own' : '';
        return (
          <Fragment key={message.ts}>
            {newDay && <Line className="day" text={dayOf(message)} />}
            {message === firstNew && <Line className="new-mark" text="Last read" />}
            {isChat ? (
              <PostMessage className={`bubble${own}`} {...{ state, workspace, message }} />
            ) : (
              <Post {...{ state, workspace, message }} replies={replies.get(message.ts) ?? []} />
            )}
          </Fragment>
        );
      })}
      {behind && (
        <button type="button" className="to-end" onClick={toEnd}>
          ↓ Latest {isChat ? 'messages' : 'posts'}
        </button>
      )}
    </div>
  );
}

function repliesByPost(held: Message[]): Map<string, Message[]> {
  const replies = new Map<string, Message[]>();
  for (const message of held) {
    const { threadTs, ts } = message;
    if (threadTs === undefined || threadTs === ts) continue;
    replies.set(threadTs, [...(replies.get(threadTs) ?? []), message]);
  }
  return replies;
}

function Line({ className, text }: { className: string; text: string }) {
  return (
    <div className={className}>
      <span>{text}</span>
    </div>
  );
}
