import { useSyncExternalStore } from 'react';
import { recall, remember } from './memory.ts';
import { reduce } from './reduce.ts';
import { initialState, type PageAction, type PageState } from './state.ts';

const listeners = new Set<() => void>();
let state: PageState = { ...initialState, ...recall() };

export function getState(): PageState {
  return state;
}

export function dispatch(action: PageAction): void {
  const next = reduce(state, action);
  if (next === state) return;
  state = next;
  remember(state);
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change; answers what ends that. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The whole state, rendered anew at each change. */
export function usePage(): PageState {
  return useSyncExternalStore(subscribe, getState, getState);
}

/** One part of the state; `pick` must answer the same object as long as that part did not change. */
export function usePick<Part>(pick: (state: PageState) => Part): Part {
  const read = () => pick(state);
  return useSyncExternalStore(subscribe, read, read);
}
