import { underWayStates } from '../../../core/release/release-state.ts';
import { findDrafts } from '../../../db/queries/drafts.ts';
import {
  findComingItems,
  findFollowed,
  findOpenBallots,
  findPreviousVote,
  findReleasesOf,
} from '../../../db/queries/home.ts';
import {
  listLiveReleases,
  listReleases,
  loadRelease,
  type Release,
} from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { loadSubscriptions } from '../../../db/queries/subscriptions.ts';
import type { Queries } from '../../../db/transaction.ts';
import { waitsFor } from '../../../services/approval/who-decides.ts';
import type { LiveCard } from '../live-card.ts';
import { loadRolloutView } from '../parts/load-rollout-view.ts';
import { loadUnsettled } from '../parts/unsettled.ts';
import { homeCard } from './home-card.ts';
import type { HomeBallot, HomeDraft, HomeRelease } from './home-view.ts';
import { loadTasks } from './load-tasks.ts';

/** So many releases are shown to somebody who has a role in none. */
const othersShown = 5;

/** A person's home. Its subject is the person. */
export const liveCard: LiveCard = {
  name: 'home',
  render: async ({ db, card: { subjectId: personId, destination }, now, hasDriver, isCreator, freezes }) => {
    const [coming, ids, ballots, tasks, subscriptions, mayPlan] = await Promise.all([
      findComingItems(db, personId),
      findReleasesOf(db, personId),
      loadBallots(db, personId),
      loadTasks(db, { personId, now }),
      loadSubscriptions(db, personId),
      isCreator(destination),
    ]);
    const own = await loadAll(db, ids);
    const unsettled = await loadUnsettled(db, own);
    const load = (found: Release[]) =>
      Promise.all(
        found.map(async (one) => ({
          ...(await loadHomeRelease(db, one, { now, hasDriver, freezes })),
          unsettled: unsettled.filter(({ releaseId }) => releaseId === one.id),
        })),
      );
    const followed = await findFollowed(db, destination);
    const others = own.length > 0 ? [] : await listOthers(db);
    const looked = [...(await loadAll(db, followed)), ...others.filter(({ id }) => !followed.includes(id))];
    const shown = await load(looked.filter(({ id }) => !ids.includes(id)));
    return homeCard({
      now,
      personId,
      ballots,
      drafts: await loadDrafts(db, own, personId),
      tasks,
      coming,
      subscriptions,
      mayPlan,
      releases: await load(own),
      others: shown.map((one) => ({ ...one, isFollowed: followed.includes(one.release.id) })),
    });
  },
};

async function loadAll(db: Queries, ids: readonly string[]): Promise<Release[]> {
  return (await Promise.all(ids.map((id) => loadRelease(db, { id })))).flatMap((one) => one ?? []);
}

async function loadBallots(db: Queries, personId: string): Promise<HomeBallot[]> {
  const ballots = await findOpenBallots(db, personId);
  return Promise.all(
    ballots.map(async (ballot) => {
      const [release, previous] = await Promise.all([
        loadRelease(db, { pollId: ballot.pollId }),
        findPreviousVote(db, { pollId: ballot.pollId, personId }),
      ]);
      return { ...ballot, release, previous };
    }),
  );
}

/** Those of which somebody is asked now; also what was not sent at its time. */
async function loadDrafts(db: Queries, own: readonly Release[], personId: string): Promise<HomeDraft[]> {
  const drafts = await findDrafts(
    db,
    own.map(({ id }) => id),
  );
  return drafts.flatMap((draft) => {
    const release = own.find(({ id }) => id === draft.releaseId);
    return release && waitsFor(release, draft, personId) ? [{ release, draft }] : [];
  });
}

async function listOthers(db: Queries): Promise<Release[]> {
  const [underWay, live] = await Promise.all([
    listReleases(db, { states: underWayStates, limit: othersShown }),
    listLiveReleases(db, othersShown),
  ]);
  return [...underWay.releases, ...live.releases];
}

async function loadHomeRelease(
  db: Queries,
  release: Release,
  at: Pick<Parameters<LiveCard['render']>[0], 'now' | 'hasDriver' | 'freezes'>,
): Promise<Omit<HomeRelease, 'unsettled'>> {
  const [view, poll] = await Promise.all([loadRolloutView(db, release, at), latestPoll(db, release.id)]);
  return { release, ...view, poll };
}
