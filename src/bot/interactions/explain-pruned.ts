import { describeDate } from '../../core/calendar/describe-instant.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** Why the messages of a release that ended long ago are not listed. */
export function explainPruned({ key, plan }: Release, prunedAt: number): string {
  const date = describeDate(prunedAt, plan.goLive.zone);
  return `The messages of ${key} are no longer listed: they were removed on ${date}, long after the release ended. Its audit trail still says what happened.`;
}
