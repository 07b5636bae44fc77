import { findComingItems, findOpenBallots, findReleasesOf } from '../../../db/queries/home.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { loadRollout } from '../../../db/queries/rollouts.ts';
import type { Queries } from '../../../db/transaction.ts';
import type { LiveCard } from '../live-card.ts';
import { type HomeView, homeCard } from './home-card.ts';

/** A person's home. Its subject is the person. */
export const liveCard: LiveCard = {
  name: 'home',
  render: async ({ db, card, now, hasDriver }) => {
    const { releases, ...home } = await loadHome(db, card.subjectId);
    const driven = releases.map((entry) => ({
      ...entry,
      hasDriver: hasDriver(entry.release.plan.rollout.driver),
    }));
    return homeCard({ ...home, releases: driven, now });
  },
};

async function loadHome(db: Queries, personId: string): Promise<Omit<HomeView, 'now'>> {
  const [ballots, coming, ids] = await Promise.all([
    findOpenBallots(db, personId),
    findComingItems(db, personId),
    findReleasesOf(db, personId),
  ]);
  const releases: HomeView['releases'] = [];
  for (const id of ids) {
    const release = await loadRelease(db, { id });
    if (release) releases.push({ release, rollout: await loadRollout(db, id) });
  }
  return { ballots, coming, releases };
}
