import { createContext } from 'react';
import type { ClickAction } from '../../control-api.ts';
import type { Value, Values } from '../blocks/kit.ts';

/** What a modal's inputs hold and what is wrong with them. */
export interface Form {
  values: Values;
  errors: Record<string, string>;
  setValue: (blockId: string, actionId: string, value: Value) => void;
}

/** Where blocks stand: a message, a modal, the home tab. Null where nothing can be clicked. */
export interface Surface {
  on: ClickAction['on'] | null;
  form?: Form;
}

export const SurfaceContext = createContext<Surface>({ on: null });
