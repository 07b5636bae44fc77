import { decodeDestination } from '../../core/address/destination.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { deriveTasks } from '../../core/tasks/derive-tasks.ts';
import type { TrailNames } from '../../core/trail/sentence.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { describeDestination } from '../delivery/notice.ts';

/** What the trail of a release calls by keys and ids, as its plan calls it now; else the key. */
export function nameTrail(release: Release): TrailNames {
  const messages = new Map(deriveSchedule(release.plan).map(({ key, title }) => [key, title]));
  const tasks = new Map(deriveTasks(release.plan).map(({ key, title }) => [key, title]));
  return {
    zone: release.plan.goLive.zone,
    message: (key) => messages.get(key) ?? key,
    task: (key) => tasks.get(key) ?? key,
    place: (written) => describeDestination(release, decodeDestination(written)),
  };
}

/** For events of no release, of which there is no plan. */
export const workspaceNames: TrailNames = {
  zone: 'UTC',
  message: (key) => key,
  task: (key) => key,
  place: (written) => written,
};
