import { useEffect, useMemo } from 'react';
import type { Message } from '../../control-api.ts';
import { click } from '../store/actions.ts';
import { ownCardKey } from '../store/messages.ts';
import type { PageState } from '../store/state.ts';
import { unescapeMarkup } from '../text/mrkdwn.ts';
import { AdaptiveCardView, type PressedButton } from './cards/adaptive-card.tsx';
import { cardsOf } from './cards/cards-of.ts';
import { messageHtml } from './cards/markdown.ts';
import { markMentions, mentionsIn, splitMentions } from './cards/mention-marks.ts';
import { refreshCard } from './refresh-card.ts';

interface Props {
  message: Message;
  state: PageState;
}

/** What a message says: its text, then its cards as the person who acts sees them. */
export function MessageContent({ message, state }: Props) {
  const { channel, ts, user, text, entities } = message;
  const { workspace, actor, ownCards } = state;
  const reader = workspace?.people.find(({ id }) => id === actor);
  useEffect(() => {
    if (reader) refreshCard(message, reader);
  }, [message, reader]);
  const own = ownCards[ownCardKey(actor, message)];
  const cards = cardsOf(own?.edits === message.edits ? own : message);
  const press = (button: PressedButton, say: (notice: string) => void) =>
    click({ on: { channel, ts }, ...button }, say);
  const marked = useMemo(() => markMentions(text, mentionsIn(entities)), [text, entities]);
  const isApp = user === workspace?.bot.userId;
  return (
    <>
      {text !== '' && (isApp ? <Markdown marked={marked} /> : <Literal marked={marked} />)}
      {cards.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message's cards have a place and nothing else
        <AdaptiveCardView key={`${actor}/${index}`} card={card} onPress={press} />
      ))}
    </>
  );
}

function Markdown({ marked }: { marked: string }) {
  const html = useMemo(() => ({ __html: messageHtml(marked) }), [marked]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made from markdown, in which HTML is text
  return <div className="teams-text" dangerouslySetInnerHTML={html} />;
}

/** What a person typed. */
function Literal({ marked }: { marked: string }) {
  const runs = splitMentions(marked);
  return (
    <p className="teams-text plain">
      {runs.map(({ text, mention }, index) =>
        mention ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a text never move
          <span key={index} className="mention">
            {text}
          </span>
        ) : (
          unescapeMarkup(text)
        ),
      )}
    </p>
  );
}
