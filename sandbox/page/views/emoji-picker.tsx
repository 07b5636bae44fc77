import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../control-api.ts';
import { react } from '../store/actions.ts';
import { EMOJI } from '../text/emoji.ts';

interface Props {
  message: Message;
  onClose: () => void;
}

/** The emoji to choose from, below the message: arrows move, Enter takes, Escape or going elsewhere closes. */
export function EmojiPicker({ message, onClose }: Props) {
  const ref = useRef<HTMLFieldSetElement>(null);
  // Before it is taken away, so that it still knows whether it has the focus.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const picker = ref.current;
    picker?.querySelector('button')?.focus();
    void picker?.scrollIntoView({ block: 'nearest' });
    return () => {
      if (picker?.contains(document.activeElement) && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (event.key === 'Escape') onClose();
    else if (step) moveFocus(ref.current, step);
    else return;
    event.preventDefault();
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!ref.current?.contains(relatedTarget)) onClose();
  };
  const take = (name: string) => {
    react(message, name);
    onClose();
  };
  return (
    <fieldset className="emoji-picker" aria-label="Add a reaction" {...{ ref, onKeyDown, onBlur }}>
      {Object.entries(EMOJI).map(([name, emoji], index) => (
        <button
          key={name}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-label={name.replaceAll('_', ' ')}
          title={`:${name}:`}
          data-testid={`pick-${name}`}
          onClick={() => take(name)}
        >
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}

function moveFocus(picker: HTMLElement | null, step: number): void {
  const buttons = [...(picker?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((button) => button.matches(':focus'));
  buttons.at((at + step) % buttons.length)?.focus();
}
