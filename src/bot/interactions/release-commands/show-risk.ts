import { mayDo } from '../../../services/kernel/who-may.ts';
import { isReleaseCreator } from '../../../services/release/find-creator.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { riskCard } from '../../cards/answers/risk-card.ts';
import { setRiskForm } from '../forms/set-risk.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';
import { splitWords } from '../words/split-words.ts';

export const subcommand: Subcommand = {
  name: 'risk',
  usage: '[release] [set]',
  help: 'six risk factors, the level they add up to, and what to do about them; "set" opens a form to set them',
  position: 540,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const typed = splitWords(words);
    const isSet = (word: string) => word.toLowerCase() === 'set';
    const releaseKey = parseReleaseKey(typed.filter((word) => !isSet(word)).join(' '));
    if (typed.some(isSet)) return openReleaseForm(ctx, { releaseKey, change: 'release.edit' }, setRiskForm);
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return answerRefusal(found.refusal);
    const { actor } = ctx;
    const isTheirs = actor.kind === 'person' && mayDo(found.value, actor.personId, 'release.edit');
    return answerCard(riskCard(found.value.plan, { maySet: isTheirs || (await isReleaseCreator(ctx)) }));
  },
};
