import { waiveGateForm } from '../forms/waive-gate.ts';
import { defineAction } from '../interaction.ts';
import { openGateForm } from '../open-gate-form.ts';
import { releaseValue } from '../values.ts';

/** Asks which gate is waived, why and until when, of those who may. */
export const action = defineAction({
  name: 'waive-gate',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) =>
    openGateForm(ctx, { releaseKey, capability: 'gate.waive' }, waiveGateForm),
});
