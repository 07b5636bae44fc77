import { confirmRollback } from '../confirm-rollback.ts';
import { defineAction } from '../interaction.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'roll-back',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) => confirmRollback({ ctx, releaseKey, reason: '' }),
});
