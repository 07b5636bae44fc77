import { Fragment, memo, useMemo, useState } from 'react';
import type { Message, Workspace } from '../../control-api.ts';
import {
  callsFor,
  compareTs,
  countKnownReplies,
  messageKey,
  newestOwn,
  startsGroup,
} from '../store/messages.ts';
import { longDay } from '../text/instants.ts';
import { MessageRow } from './message-row.tsx';
import { type FocusedMessage, useFocusedMessage } from './use-focused-message.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface Props {
  workspace: Workspace;
  actor: string;
  zone: string;
  /** What is shown, oldest first. */
  messages: Message[];
  /** All that is known of the channel, replies included. */
  held: Message[];
  /** Newest message that the person had seen on coming here; what follows stands under “New”. */
  newSince?: string | undefined;
  inThread?: boolean;
  label: string;
  /** The message to scroll to. */
  focus?: FocusedMessage | undefined;
}

/** How many messages are shown at first, and how many more at a time. */
const PAGE = 150;

/**
 * Messages in order, with a line at each new day. It follows new ones while its end is in sight. Not a live
 * region: a screen reader would read out every edit of a live card.
 */
export const MessageList = memo(function MessageList(props: Props) {
  const { held, zone, actor, newSince, inThread = false } = props;
  const { ref, onScroll, behind, toEnd } = useStickToBottom(props.messages, newestOwn(props.messages, actor));
  useFocusedMessage(ref, props.focus, props.messages);
  const [count, setCount] = useState(PAGE);
  const messages = props.messages.slice(-count);
  const replies = useMemo(() => countKnownReplies(held), [held]);
  const firstNew = messages.find(({ ts, user }) => newSince && compareTs(ts, newSince) > 0 && user !== actor);
  const dayOf = ({ at }: Message) => longDay(Date.parse(at), zone);
  return (
    <div
      className="message-list"
      ref={ref}
      onScroll={onScroll}
      role="log"
      aria-live="off"
      aria-label={props.label}
    >
      {messages.length < props.messages.length && (
        <button type="button" className="link earlier" onClick={() => setCount(count + PAGE)}>
          Show earlier messages
        </button>
      )}
      {messages.map((message, index) => {
        const previous = messages[index - 1];
        const newDay = !previous || dayOf(previous) !== dayOf(message);
        const isNew = message === firstNew;
        return (
          <Fragment key={messageKey(message)}>
            {newDay && !inThread && <Line className="day" text={dayOf(message)} />}
            {isNew && <Line className="new-mark" text="New" />}
            <MessageRow
              message={message}
              author={props.workspace.people.find(({ id }) => id === message.user)}
              botName={props.workspace.bot.name}
              zone={zone}
              replies={Math.max(message.replyCount, replies.get(message.ts) ?? 0)}
              leads={newDay || isNew || startsGroup(message, previous) || (inThread && index === 1)}
              calls={message.user !== actor && callsFor(message, actor)}
              inThread={inThread}
            />
          </Fragment>
        );
      })}
      {behind && (
        <button type="button" className="to-end" onClick={toEnd}>
          ↓ Latest messages
        </button>
      )}
    </div>
  );
});

function Line({ className, text }: { className: string; text: string }) {
  return (
    <div className={className}>
      <span>{text}</span>
    </div>
  );
}
