import { explainRights } from '../../../services/permissions/explain-rights.ts';
import { findSubject } from '../../../services/permissions/find-subject.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { rightsCard } from '../../cards/answers/rights-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseCan } from '../words/parse-can.ts';

export const subcommand: Subcommand = {
  name: 'can',
  usage: '[@person] [release]',
  help: 'what somebody can do in a release and why, and who can do the rest; without a name, what you can do',
  position: 755,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const { named, releaseKey } = parseCan(words);
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return answerRefusal(found.refusal);
    const subject = await findSubject(ctx, found.value, named);
    if (!subject.ok) return answerRefusal(subject.refusal);
    return answerCard(rightsCard(found.value, subject.value.name, explainRights(found.value, subject.value)));
  },
};
