import { useEffect, useState } from 'react';
import { NOT_SENT, type Outcome } from './outcome.ts';
import { usePick } from './store.ts';

/** What went wrong with an action, kept beside it. That there was no connection is over when it is back. */
export function useTrouble() {
  const [trouble, setTrouble] = useState<Outcome>();
  const connection = usePick((state) => state.connection);
  useEffect(() => {
    if (connection === 'live') setTrouble((before) => (before === NOT_SENT ? undefined : before));
  }, [connection]);
  return [trouble, setTrouble] as const;
}
