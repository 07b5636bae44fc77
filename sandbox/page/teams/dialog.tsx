import { useId } from 'react';
import { createPortal } from 'react-dom';
import type { OpenView } from '../../control-api.ts';
import { useModalDialog } from '../dialogs/use-modal-dialog.ts';
import { closeView, submit } from '../store/actions.ts';
import { useTrouble } from '../store/use-trouble.ts';
import { Avatar } from '../views/avatar.tsx';
import { AdaptiveCardView, type PressedButton } from './cards/adaptive-card.tsx';
import { isJson } from './cards/prepare-card.ts';

const widths: Record<string, number> = { small: 400, medium: 600, large: 800 };

/** A dialog of the app (a task module): a card, whose buttons submit it. */
export function TeamsDialog({ open }: { open: OpenView }) {
  const id = useId();
  const [trouble, setTrouble] = useTrouble();
  const close = () => setTrouble(closeView(open.id));
  const { dialog, sent } = useModalDialog(close);
  const { card, width } = open.view;
  const send = async ({ actionId, values }: PressedButton) => {
    sent.current = true;
    // A dialog's only button needs no name.
    const { errors, trouble } = await submit(open.id, values, actionId === '' ? {} : { actionId });
    const refused = [trouble, ...Object.values(errors)].filter(Boolean).join(' ');
    if (refused) sent.current = false;
    return refused || undefined;
  };
  return createPortal(
    <dialog
      ref={dialog}
      className="dialog teams-dialog"
      style={{ width: widths[String(width)] ?? (typeof width === 'number' ? width : widths.medium) }}
      aria-labelledby={id}
      data-testid="modal"
    >
      <header>
        <Avatar person={undefined} size={24} />
        <h2 id={id}>{open.title}</h2>
        <button type="button" className="icon" aria-label="Close" data-testid="modal-close" onClick={close}>
          ×
        </button>
      </header>
      <div className="dialog-body">
        {isJson(card) && <AdaptiveCardView card={card} onPress={send} />}
        {trouble && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
      </div>
    </dialog>,
    document.body,
  );
}
