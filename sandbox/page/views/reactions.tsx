import type { Message, Reaction } from '../../control-api.ts';
import { react } from '../store/actions.ts';
import { usePick } from '../store/store.ts';
import { EMOJI } from '../text/emoji.ts';

interface Props {
  message: Message;
  reactions: Reaction[];
}

/** The emoji below a message: how many added each, who they are, and a click that adds or removes one's own. */
export function Reactions({ message, reactions }: Props) {
  const actor = usePick((state) => state.actor);
  const people = usePick((state) => state.workspace?.people) ?? [];
  const nameOf = (id: string) => people.find((person) => person.id === id)?.realName ?? id;
  return (
    <ul className="reactions" aria-label="Reactions">
      {reactions.map(({ name, people: who }) => (
        <li key={name}>
          <button
            type="button"
            data-testid={`reaction-${name}`}
            aria-pressed={who.includes(actor)}
            onClick={() => react(message, name)}
          >
            <span aria-hidden="true">{EMOJI[name] ?? `:${name}:`}</span> {who.length}
            <span className="who">
              {who.map(nameOf).join(', ')} <span>:{name}:</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
