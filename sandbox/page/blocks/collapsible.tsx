import { type ReactNode, useState } from 'react';

/** From this many characters on, a text is shown in part at first. */
const LONG = 1500;

/** Shows the beginning of a long text, with a button for the rest. `length` in characters. */
export function Collapsible({ length, children }: { length: number; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (length <= LONG) return children;
  return (
    <div>
      <div className={open ? '' : 'collapsed'}>{children}</div>
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Show less' : 'Show more'}
      </button>
    </div>
  );
}
