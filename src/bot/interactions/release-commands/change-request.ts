import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import { checkLateChange } from '../../../services/changes/check-late-change.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { changeRequestForm } from '../forms/change-request.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'change-request',
  usage: '[release]',
  help: 'ask for a change of the scope after code freeze; a second person approves or refuses it',
  position: 480,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    await noteAbsentHolders(ctx);
    const checked = await checkLateChange({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    if (!checked.ok) return answerRefusal(checked.refusal);
    const found = await findRelease(ctx, checked.value.releaseKey);
    return found.ok ? answerForm(changeRequestForm(found.value)) : answerRefusal(found.refusal);
  },
};
