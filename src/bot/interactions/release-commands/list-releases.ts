import { listCurrentReleases } from '../../../services/release/find-release.ts';
import { releaseListCard } from '../../cards/answers/release-cards.ts';
import { answerCard, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'list',
  usage: '',
  help: 'all releases under way',
  position: 30,
  readsOnly: true,
  run: async ({ ctx }) => answerCard(releaseListCard(await listCurrentReleases(ctx))),
};
