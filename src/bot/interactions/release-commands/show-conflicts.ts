import { lookForCollisions } from '../../../services/collisions/look-for-collisions.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { collisionsCard } from '../../cards/answers/collision-blocks.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'conflicts',
  usage: '[release]',
  help: 'conflicts with other releases over services, people and audiences, and the nearest slot without one',
  position: 550,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const { plan } = found.value;
    return answerCard(collisionsCard(plan, await lookForCollisions(ctx, plan)));
  },
};
