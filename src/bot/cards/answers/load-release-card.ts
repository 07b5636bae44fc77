import type { Card } from '../../../core/card/card.ts';
import { findChangeRequests } from '../../../db/queries/changes.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findRecords } from '../../../db/queries/rollouts.ts';
import type { Services } from '../../../services/kernel/context.ts';
import { findShownFreeze, findShownLock } from '../parts/load-rollout-view.ts';
import { releaseCard } from './release-card.ts';

/** A release as it stands now. */
export async function loadReleaseCard(
  { db, clock, freezes }: Pick<Services, 'db' | 'clock' | 'freezes'>,
  release: Release,
): Promise<Card> {
  const { id } = release;
  const [poll, records, changes, frozen, locked] = await Promise.all([
    latestPoll(db, id),
    findRecords(db, [id]),
    findChangeRequests(db, id, 'open'),
    findShownFreeze(db, release, { now: clock.now(), freezes }),
    findShownLock(db, release),
  ]);
  return releaseCard(release, poll, { record: records.get(id), frozen, locked, changes });
}
