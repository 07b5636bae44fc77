import { changeActName } from '../../db/queries/changes.ts';

/** What a second person approves of a release whose code is frozen, and what they need for it. */
export const secondPersonChange = {
  name: changeActName,
  cardKind: 'change-request',
  decides: 'change.decide',
} as const;
