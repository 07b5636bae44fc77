import { memo } from 'react';
import type { Message, Person } from '../../control-api.ts';
import { openThread } from '../store/actions.ts';
import { copyLink } from '../store/look-at.ts';
import { dispatch } from '../store/store.ts';
import { spokenText } from '../text/announce.ts';
import { inUtc, longDay, timeOfDay } from '../text/instants.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { MessageBody } from './message-body.tsx';

interface Props {
  message: Message;
  /** Undefined for the app. */
  author: Person | undefined;
  botName: string;
  zone: string;
  replies: number;
  /** Begins a group: shows who and when; the following messages of the group don't. */
  leads: boolean;
  calls: boolean;
  inThread: boolean;
}

/** One message, with who wrote it, when, and the way into its thread. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, author, botName, leads, calls, inThread, replies } = props;
  const name = author?.realName ?? botName;
  const classes = ['message', leads ? '' : 'follows', calls ? 'calls' : '', message.onlyFor ? 'private' : ''];
  return (
    <article
      className={classes.join(' ')}
      data-testid={message.onlyFor ? 'ephemeral' : 'message'}
      tabIndex={-1}
      data-ts={message.ts}
      aria-label={`${name}: ${spokenText(message)}`}
    >
      <div className="message-side">
        {leads ? <Avatar person={author} /> : <Instant at={message.at} zone={props.zone} />}
      </div>
      <div className="message-main">
        {message.onlyFor && (
          <p className="only-you">
            <Icon name="eye" size={14} /> Only visible to you
          </p>
        )}
        {leads && (
          <header>
            {author ? (
              <button
                type="button"
                className="author"
                data-testid="author"
                onClick={() => dispatch({ type: 'profile', personId: author.id })}
              >
                {name}
              </button>
            ) : (
              <strong>{name}</strong>
            )}
            {!author && <span className="app-tag">App</span>}
            <Instant at={message.at} zone={props.zone} />
          </header>
        )}
        <MessageBody message={message} />
        {message.edits > 0 && <Edited message={message} zone={props.zone} />}
        {!inThread && replies > 0 && (
          <button
            type="button"
            className="replies"
            data-testid="open-thread"
            onClick={() => openThread(message.channel, message.ts)}
          >
            {replies === 1 ? '1 reply' : `${replies} replies`} <span>View thread</span>
          </button>
        )}
      </div>
      {!inThread && !message.onlyFor && (
        <div className="row-tools">
          <button
            type="button"
            aria-label="Copy link"
            title="Copy link"
            data-testid="copy-link"
            onClick={() => void copyLink(message)}
          >
            <Icon name="link" size={16} />
          </button>
          <button
            type="button"
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick={() => openThread(message.channel, message.ts)}
          >
            <Icon name="reply" size={16} />
          </button>
        </div>
      )}
    </article>
  );
});

function Instant({ at, zone }: { at: string; zone: string }) {
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={`${longDay(ms, zone)}, ${timeOfDay(ms, zone)} · ${inUtc(ms)}`}>
      {timeOfDay(ms, zone)}
    </time>
  );
}

function Edited({ message, zone }: { message: Message; zone: string }) {
  const at = message.editedAt ? Date.parse(message.editedAt) : undefined;
  const when = at === undefined ? undefined : `Last edited ${longDay(at, zone)}, ${timeOfDay(at, zone)}`;
  return (
    <span className="edited" title={when}>
      (edited)
    </span>
  );
}
