import { findRecords } from '../../../db/queries/rollouts.ts';
import { isReleaseCreator } from '../../../services/release/find-creator.ts';
import { listCurrentReleases } from '../../../services/release/find-release.ts';
import { releaseListCard } from '../../cards/answers/release-cards.ts';
import { answerCard, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'list',
  usage: '',
  help: 'all releases under way',
  position: 300,
  readsOnly: true,
  run: async ({ ctx }) => {
    const current = await listCurrentReleases(ctx);
    const { underWay, followedUp, live } = current;
    const listed = [underWay, followedUp, live].flatMap(({ releases }) => releases);
    const ids = listed.map(({ id }) => id);
    if (listed.length === 0) {
      return answerCard(releaseListCard(current, { mayPlan: await isReleaseCreator(ctx) }));
    }
    return answerCard(releaseListCard(current, { records: await findRecords(ctx.db, ids) }));
  },
};
