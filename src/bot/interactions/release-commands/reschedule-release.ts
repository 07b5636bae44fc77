import { prepareReschedule } from '../../../services/lifecycle/reschedule-release.ts';
import { noteAbsentHolders } from '../../../services/people/note-absent-holders.ts';
import { rescheduleReleaseForm } from '../forms/reschedule-release.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'reschedule',
  usage: '[release]',
  help: 'move go-live to another date or time, before the rollout',
  position: 63,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    await noteAbsentHolders(ctx);
    const prepared = await prepareReschedule({ ctx, input: { releaseKey: parseReleaseKey(words) } });
    return prepared.ok ? answerForm(rescheduleReleaseForm(prepared.value)) : answerRefusal(prepared.refusal);
  },
};
