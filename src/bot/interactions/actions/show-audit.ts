import { defineAction } from '../interaction.ts';
import { showAudit } from '../show-audit-answer.ts';
import { trailValue } from '../values.ts';

/** Another part of a release's audit trail, as it is now. */
export const action = defineAction({
  name: 'show-audit',
  value: trailValue,
  readsOnly: true,
  run: ({ ctx, value }) => showAudit(ctx, value),
});
