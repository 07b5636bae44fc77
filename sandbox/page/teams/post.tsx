import { type ReactNode, useEffect, useState } from 'react';
import type { Message, Workspace } from '../../control-api.ts';
import { openThread } from '../store/actions.ts';
import { refreshThread } from '../store/load.ts';
import { callsFor } from '../store/messages.ts';
import { read } from '../store/run.ts';
import type { PageState } from '../store/state.ts';
import { spokenText } from '../text/announce.ts';
import { Avatar } from '../views/avatar.tsx';
import { Composer } from '../views/composer.tsx';
import { Icon } from '../views/icon.tsx';
import { MessageFiles } from '../views/message-files.tsx';
import { MessageContent } from './message-content.tsx';
import { PostHead } from './post-head.tsx';

interface Props {
  state: PageState;
  workspace: Workspace;
  message: Message;
  /** Those that are known here, oldest first. */
  replies: Message[];
}

/** How many replies are shown until all are asked for: the newest. */
const SHOWN = 2;

/** A post of a channel, with its replies below it. */
export function Post({ state, workspace, message, replies }: Props) {
  const { channel, ts, replyCount } = message;
  const [all, setAll] = useState(false);
  const missing = replies.length < replyCount;
  useEffect(() => {
    if (missing) read(refreshThread(channel, ts));
  }, [missing, channel, ts]);
  const replying = state.thread?.channel === channel && state.thread.ts === ts;
  const shown = all || replying ? replies : replies.slice(-SHOWN);
  const hidden = replies.length - shown.length;
  return (
    <PostMessage className="post" {...{ state, workspace, message }}>
      {replies.length > 0 && (
        <div className="post-replies">
          {hidden > 0 && (
            <button type="button" className="link" data-testid="all-replies" onClick={() => setAll(true)}>
              Show {hidden} earlier {hidden === 1 ? 'reply' : 'replies'}
            </button>
          )}
          {shown.map((reply) => (
            <PostMessage key={reply.ts} className="reply" {...{ state, workspace, message: reply }} />
          ))}
        </div>
      )}
      {replying ? (
        <Composer state={state} channel={channel} threadTs={ts} placeholder="Reply" />
      ) : (
        <button type="button" className="reply-button" data-testid="reply" onClick={() => reply(message)}>
          <Icon name="reply" size={16} /> Reply
        </button>
      )}
    </PostMessage>
  );
}

function reply({ channel, ts }: Message): void {
  openThread(channel, ts);
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-testid="thread-composer"]')?.focus(),
  );
}

interface PostMessageProps {
  state: PageState;
  workspace: Workspace;
  message: Message;
  className: string;
  children?: ReactNode;
}

/** One message: a post, or a reply to one. */
export function PostMessage({ state, workspace, message, className, children }: PostMessageProps) {
  const { people, bot } = workspace;
  const author = people.find(({ id }) => id === message.user);
  const calls = message.user !== state.actor && callsFor(message, state.actor);
  return (
    <article
      className={`message ${className}${calls ? ' calls' : ''}`}
      data-testid="message"
      data-ts={message.ts}
      tabIndex={-1}
      aria-label={`${author?.realName ?? bot.name}: ${spokenText(message)}`}
    >
      <Avatar person={author} size={32} />
      <div className="post-main">
        <PostHead message={message} author={author} botName={bot.name} zone={state.zone} />
        <MessageContent message={message} state={state} />
        <MessageFiles {...message} />
        {children}
      </div>
    </article>
  );
}
