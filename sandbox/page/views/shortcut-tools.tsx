import type { Message } from '../../control-api.ts';
import { chooseShortcut } from '../store/actions.ts';
import { getState } from '../store/store.ts';
import { Icon } from './icon.tsx';

/** What the app offers in the menu of a message; there is one, so that it needs no menu. */
export function ShortcutTools({ message }: { message: Message }) {
  const { workspace } = getState();
  return (workspace?.shortcuts ?? []).map(({ callbackId, name }) => (
    <button
      key={callbackId}
      type="button"
      aria-label={name}
      title={name}
      data-testid={`shortcut-${callbackId}`}
      onClick={() => chooseShortcut(message, callbackId)}
    >
      <Icon name="record" size={16} />
    </button>
  ));
}
