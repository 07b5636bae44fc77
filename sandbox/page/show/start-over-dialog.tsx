import type { StartOver } from '../../control-api.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { startOverNow } from '../store/show-actions.ts';
import { dispatch } from '../store/store.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const confirm = {
  title: plain('Start over?'),
  text: plain('This deletes the workspace and everything in it. A new one is ready in about ten seconds.'),
  confirm: plain('Start over'),
  deny: plain('Keep it'),
  style: 'danger' as const,
};

/** Asks before the workspace goes away. */
export function StartOverDialog({ how }: { how: StartOver }) {
  const answer = (yes: boolean) => {
    dispatch({ type: 'ask-start-over', how: null });
    if (yes) startOverNow(how);
  };
  return <ConfirmDialog confirm={confirm} onAnswer={answer} />;
}
