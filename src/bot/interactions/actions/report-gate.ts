import { reportGateForm } from '../forms/report-gate.ts';
import { defineAction } from '../interaction.ts';
import { openGateForm } from '../open-gate-form.ts';
import { releaseValue } from '../values.ts';

/** Asks what a gate was found to be, of those who may say so. */
export const action = defineAction({
  name: 'report-gate',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) =>
    openGateForm(ctx, { releaseKey, capability: 'gate.report' }, reportGateForm),
});
