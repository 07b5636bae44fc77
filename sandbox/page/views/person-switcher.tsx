import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Person } from '../../control-api.ts';
import { actAs } from '../store/actions.ts';
import type { PageState } from '../store/state.ts';
import { waitingFor } from '../store/unread.ts';
import { Avatar } from './avatar.tsx';

/** Whom one acts as. People for whom direct messages wait carry a number. */
export function PersonSwitcher({ state }: { state: PageState }) {
  const menuId = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const people = state.workspace?.people ?? [];
  const actor = people.find(({ id }) => id === state.actor);
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    const closeOutside = ({ target }: PointerEvent) => {
      if (!root.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const choose = (person: Person) => {
    close();
    actAs(person.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items.at(at - 1)?.focus();
    else return;
    event.preventDefault();
  };
  // Tab leaves the menu, and a menu that was left is closed.
  const closeBehind = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !root.current?.contains(relatedTarget)) setOpen(false);
  };
  return (
    <div className="person-switcher" ref={root}>
      <button
        type="button"
        className="person current"
        data-testid="act-as"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={menuId}
        onClick={() => setOpen(!open)}
      >
        <Avatar person={actor} />
        <PersonName name={actor?.realName ?? '…'} title={actor?.title ?? ''} prefix="You act as " />
        <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div
          className="person-menu"
          id={menuId}
          role="menu"
          aria-label="Act as"
          onKeyDown={onKeyDown}
          onBlur={closeBehind}
        >
          {people.map((person) => (
            <button
              key={person.id}
              type="button"
              role="menuitemradio"
              aria-checked={person.id === state.actor}
              className="person"
              data-testid={`act-as-${person.name}`}
              onClick={() => choose(person)}
            >
              <Avatar person={person} size={30} />
              <PersonName name={person.realName} title={person.title} />
              <Waiting count={person.id === state.actor ? 0 : waitingFor(state, person.id)} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function PersonName({ name, title, prefix = '' }: { name: string; title: string; prefix?: string }) {
  return (
    <span className="person-name">
      <strong>
        <span className="sr-only">{prefix}</span>
        {name}
      </strong>
      <small>{title}</small>
    </span>
  );
}

function Waiting({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="badge calls">
      {Math.min(count, 99)}
      <span className="sr-only"> direct messages wait</span>
    </span>
  );
}
