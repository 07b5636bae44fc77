import type { ConfirmationDialog } from '@slack/types';
import { useId } from 'react';
import { createPortal } from 'react-dom';
import { Text } from '../blocks/text-object.tsx';
import { useModalDialog } from './use-modal-dialog.ts';

interface Props {
  confirm: ConfirmationDialog;
  onAnswer: (yes: boolean) => void;
}

/** “Are you sure?”, in the app's words. */
export function ConfirmDialog({ confirm, onAnswer }: Props) {
  const id = useId();
  const { dialog } = useModalDialog(() => onAnswer(false));
  return createPortal(
    <dialog ref={dialog} className="dialog small" aria-labelledby={id} data-testid="confirm">
      <h2 id={id}>{confirm.title?.text ?? 'Are you sure?'}</h2>
      <div className="dialog-body">
        <Text text={confirm.text} />
      </div>
      <footer>
        <button type="button" className="button" data-testid="confirm-deny" onClick={() => onAnswer(false)}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button
          type="button"
          className={`button ${confirm.style ?? 'primary'}`}
          data-testid="confirm-yes"
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </dialog>,
    document.body,
  );
}
