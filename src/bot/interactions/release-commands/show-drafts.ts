import { findDrafts } from '../../../db/queries/drafts.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { draftsCard } from '../../cards/answers/drafts-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'drafts',
  usage: '[release]',
  help: 'what customers read: edit, approve or hold each message',
  position: 510,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const drafts = await findDrafts(ctx.db, [found.value.id]);
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    return answerCard(draftsCard(found.value, drafts, personId));
  },
};
