import type { OpenView } from '../control-api.ts';
import { newId, newSecret } from '../workspace/ids.ts';
import type { Table } from '../workspace/store.ts';
import type { StoredDialog } from './stored.ts';

export type DialogEvent = 'view-opened' | 'view-updated' | 'view-closed';
type Contents = Pick<StoredDialog, 'title' | 'card' | 'width' | 'height'>;

/** The dialogs that are open before people: at most one before each, as in Teams. */
export class DialogBook {
  readonly #table: Table<StoredDialog>;
  readonly #onChange: (event: DialogEvent, dialog: StoredDialog) => void;

  constructor(table: Table<StoredDialog>, onChange: (event: DialogEvent, dialog: StoredDialog) => void) {
    this.#table = table;
    this.#onChange = onChange;
  }

  openBefore(personId: string): StoredDialog | undefined {
    return this.#table.get(personId);
  }

  open(opened: Pick<StoredDialog, 'personId' | 'on' | 'shortcut'>, contents: Contents): StoredDialog {
    const { personId } = opened;
    const before = this.openBefore(personId);
    if (before) this.close(before);
    return this.#store('view-opened', { ...contents, ...opened, id: newId('V'), hash: newSecret(4) });
  }

  update(dialog: StoredDialog, contents: Contents): StoredDialog {
    const { id, personId, on, shortcut } = dialog;
    const opened = { personId, on, id, ...(shortcut === undefined ? {} : { shortcut }) };
    return this.#store('view-updated', { ...contents, ...opened, hash: newSecret(4) });
  }

  close(dialog: StoredDialog): void {
    this.#table.delete(dialog.personId);
    this.#onChange('view-closed', dialog);
  }

  #store(event: DialogEvent, dialog: StoredDialog): StoredDialog {
    this.#table.put(dialog.personId, dialog);
    this.#onChange(event, dialog);
    return dialog;
  }
}

/** A dialog as the control interface shows it. */
export function openView({ id, hash, title, card, width, height }: StoredDialog): OpenView {
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return { id, hash, callbackId: '', title, view: { card, ...size } };
}
