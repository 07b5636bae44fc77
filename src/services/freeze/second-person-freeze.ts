import { freezeActName } from '../../db/queries/freezes.ts';

/** What a second person agrees to when somebody wants everything held at once. */
export const secondPersonFreeze = { name: freezeActName, cardKind: 'freeze-request' } as const;
