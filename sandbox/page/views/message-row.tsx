import { memo, useState } from 'react';
import type { Message, Person } from '../../control-api.ts';
import { openThread } from '../store/actions.ts';
import { dispatch } from '../store/store.ts';
import { spokenText } from '../text/announce.ts';
import { inUtc, longDay, timeOfDay } from '../text/instants.ts';
import { Avatar } from './avatar.tsx';
import { EmojiPicker } from './emoji-picker.tsx';
import { Icon } from './icon.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageFiles } from './message-files.tsx';
import { Reactions } from './reactions.tsx';
import { RowTools } from './row-tools.tsx';

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
  const [picking, setPicking] = useState(false);
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
            <Icon name="eye" size={14} /> Only visible to you{' '}
            <button type="button" className="link" onClick={() => dismiss(message)}>
              Dismiss
            </button>
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
        <MessageFiles {...message} />
        {message.edits > 0 && <Edited message={message} zone={props.zone} />}
        {message.reactions && <Reactions message={message} reactions={message.reactions} />}
        {picking && <EmojiPicker message={message} onClose={() => setPicking(false)} />}
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
      {!message.onlyFor && (
        <RowTools message={message} inThread={inThread} onReact={() => setPicking(true)} />
      )}
    </article>
  );
});

/** Takes a private answer off the page, as in Slack: nobody else has it. */
function dismiss({ channel, ts, onlyFor }: Message): void {
  if (onlyFor === undefined) return;
  const event = { type: 'message-deleted', channel, ts, onlyFor } as const;
  dispatch({ type: 'event', event, receivedAt: 0 });
}

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
