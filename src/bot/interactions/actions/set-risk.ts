import { setRiskForm } from '../forms/set-risk.ts';
import { defineAction } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { releaseValue } from '../values.ts';

export const action = defineAction({
  name: 'set-risk',
  readsOnly: true,
  opensForm: true,
  value: releaseValue,
  run: ({ ctx, value: { releaseKey } }) =>
    openReleaseForm(ctx, { releaseKey, change: 'release.edit' }, setRiskForm),
});
