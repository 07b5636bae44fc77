import { useContext, useState } from 'react';
import { click } from '../store/actions.ts';
import { useTrouble } from '../store/use-trouble.ts';
import { SurfaceContext } from './surface.ts';

/** Uses an element where it stands: whether it waits for the app, and what went wrong. */
export function useAction(blockId: string, actionId: string) {
  const { on, form } = useContext(SurfaceContext);
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useTrouble();
  const run = async (selected?: string | string[]) => {
    if (!on || pending) return;
    setPending(true);
    setTrouble(undefined);
    const action = { on, actionId, ...(blockId ? { blockId } : {}) };
    const values = form ? { values: form.values } : {};
    setTrouble(await click({ ...action, ...values, ...(selected === undefined ? {} : { selected }) }));
    setPending(false);
  };
  return { pending, trouble, run };
}
