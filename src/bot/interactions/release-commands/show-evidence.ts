import { findEvidence } from '../../../db/queries/evidence.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { evidenceCard } from '../../cards/answers/evidence-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'evidence',
  usage: '[release]',
  help: 'the messages that were added to the record of a release, with author, time and link',
  position: 460,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    return answerCard(evidenceCard(found.value, await findEvidence(ctx.db, found.value.id)));
  },
};
