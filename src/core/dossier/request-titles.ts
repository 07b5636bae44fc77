import type { RequestState } from '../requests/request-state.ts';

/** How a request for a second person stands, as auditors read it. */
export const requestTitles: Record<RequestState, string> = {
  open: 'waiting',
  approved: 'approved',
  refused: 'refused',
  withdrawn: 'withdrawn',
  lapsed: 'lapsed: nobody agreed in time',
};
