import { type FormEvent, useId, useMemo, useState } from 'react';
import type { OpenView } from '../../control-api.ts';
import { BlockList } from '../blocks/block-list.tsx';
import { asBlocks, initialValues, type Value, type Values } from '../blocks/kit.ts';
import { type Form, SurfaceContext } from '../elements/surface.ts';
import { closeView, submit } from '../store/actions.ts';
import { useTrouble } from '../store/use-trouble.ts';
import { plainTextOf } from './plain-text-of.ts';
import { useModalDialog } from './use-modal-dialog.ts';

/** A modal of the app. What was typed stays when the app updates it or refuses a field. */
export function Modal({ open }: { open: OpenView }) {
  const id = useId();
  const blocks = useMemo(() => asBlocks(open.view.blocks), [open.view]);
  const [typed, setTyped] = useState<Values>({});
  const [errors, setErrors] = useState<Form['errors']>({});
  const [trouble, setTrouble] = useTrouble();
  const close = () => setTrouble(closeView(open.id));
  const { dialog, sent } = useModalDialog(close);
  const [pending, setPending] = useState(false);
  const values = useMemo(() => withTyped(initialValues(blocks), typed), [blocks, typed]);

  const setValue = (blockId: string, actionId: string, value: Value) =>
    setTyped((before) => ({ ...before, [blockId]: { ...before[blockId], [actionId]: value } }));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setErrors({});
    sent.current = true;
    const result = await submit(open.id, values);
    if (result.trouble || Object.keys(result.errors).length > 0) sent.current = false;
    setErrors(result.errors);
    setTrouble(result.trouble);
    setPending(false);
    // The first field that was refused is where the person goes on.
    requestAnimationFrame(() => dialog.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const submitLabel = plainTextOf(open.view.submit);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} data-testid="modal">
      <form onSubmit={send} noValidate>
        <header>
          <h2 id={id}>{open.title}</h2>
          <button type="button" className="icon" aria-label="Close" onClick={close}>
            ×
          </button>
        </header>
        <div className="dialog-body">
          <SurfaceContext.Provider value={{ on: { viewId: open.id }, form: { values, errors, setValue } }}>
            <BlockList blocks={blocks} />
          </SurfaceContext.Provider>
          {trouble && (
            <p className="trouble" role="alert">
              {trouble}
            </p>
          )}
        </div>
        <footer>
          <button type="button" className="button" data-testid="modal-close" onClick={close}>
            {plainTextOf(open.view.close) ?? 'Cancel'}
          </button>
          {submitLabel && (
            <button
              type="submit"
              className="button primary"
              data-testid="modal-submit"
              aria-disabled={pending}
            >
              {pending && <span className="spinner" aria-hidden="true" />}
              {submitLabel}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

function withTyped(initial: Values, typed: Values): Values {
  const merged: Values = {};
  for (const [blockId, actions] of Object.entries(initial)) {
    merged[blockId] = { ...actions, ...typed[blockId] };
  }
  return merged;
}
