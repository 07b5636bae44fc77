import type { Message, Person } from '../../control-api.ts';
import { copyLink } from '../store/look-at.ts';
import { dispatch } from '../store/store.ts';
import { inUtc, longDay, shortDay, timeOfDay } from '../text/instants.ts';
import { Icon } from '../views/icon.tsx';
import { ShortcutTools } from '../views/shortcut-tools.tsx';

interface Props {
  message: Message;
  author: Person | undefined;
  botName: string;
  zone: string;
}

/** Who wrote a message, when, and whether it was edited. */
export function PostHead({ message, author, botName, zone }: Props) {
  const ms = Date.parse(message.at);
  return (
    <header>
      {author ? (
        <button
          type="button"
          className="author"
          data-testid="author"
          onClick={() => dispatch({ type: 'profile', personId: author.id })}
        >
          {author.realName}
        </button>
      ) : (
        <strong>{botName}</strong>
      )}
      {!author && <span className="app-tag">App</span>}
      <time dateTime={message.at} title={`${longDay(ms, zone)} · ${inUtc(ms)}`}>
        {shortDay(ms, zone).slice(0, -5)} {timeOfDay(ms, zone)}
      </time>
      {message.edits > 0 && <span className="edited">Edited</span>}
      <span className="post-tools">
        <ShortcutTools message={message} />
      </span>
      <button
        type="button"
        className="copy-link"
        aria-label="Copy link"
        title="Copy link"
        data-testid="copy-link"
        onClick={() => void copyLink(message)}
      >
        <Icon name="link" size={15} />
      </button>
    </header>
  );
}
