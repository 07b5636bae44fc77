import type { Destination } from '../../core/address/destination.ts';

/** Where a person gets direct messages. */
export function directMessageTo(personId: string): Destination {
  return { channel: 'slack', kind: 'person', id: personId };
}

/** The page that the app shows to one person. */
export function homeOf(personId: string): Destination {
  return { channel: 'slack', kind: 'home', id: personId };
}
