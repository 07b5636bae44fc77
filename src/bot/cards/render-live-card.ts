import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { CardKind } from '../../core/card/live-card-kind.ts';
import { findComingItems, findOpenBallots, findReleasesOf } from '../../db/queries/home.ts';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { findPoll, type Poll } from '../../db/queries/polls.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Queries } from '../../db/transaction.ts';
import { personAt } from '../../services/kernel/person-destination.ts';
import { homeCard } from './home-card.ts';
import { ballotCard, pollCard } from './poll-card.ts';
import { rolloutCard } from './rollout-card.ts';

/** Renders a live card from the present state, at `now` (epoch ms of the release's clock); null when its subject is gone. */
export async function renderLiveCard(
  db: Queries,
  card: { kind: CardKind; subjectId: string; destination: Destination },
  now: number,
): Promise<Card | null> {
  switch (card.kind) {
    case 'poll':
    case 'ballot': {
      const found = await findPollWithRelease(db, card.subjectId);
      if (!found) return null;
      const { release, poll } = found;
      return card.kind === 'poll'
        ? pollCard(release, poll)
        : ballotCard(release, poll, personAt(release, card.destination)?.personId ?? null);
    }
    case 'rollout': {
      const release = await loadRelease(db, { id: card.subjectId });
      return release && rolloutCard(release, await loadRollout(db, release.id), now);
    }
    case 'home':
      return homeCard(await loadHome(db, card.subjectId));
  }
}

async function findPollWithRelease(
  db: Queries,
  pollId: string,
): Promise<{ release: Release; poll: Poll } | null> {
  const poll = await findPoll(db, pollId);
  const release = poll && (await loadRelease(db, { id: poll.releaseId }));
  return release ? { release, poll } : null;
}

async function loadHome(db: Queries, personId: string) {
  const [ballots, coming, ids] = await Promise.all([
    findOpenBallots(db, personId),
    findComingItems(db, personId),
    findReleasesOf(db, personId),
  ]);
  const releases = [];
  for (const id of ids) {
    const release = await loadRelease(db, { id });
    if (release) releases.push({ release, rollout: await loadRollout(db, id) });
  }
  return { ballots, coming, releases };
}
