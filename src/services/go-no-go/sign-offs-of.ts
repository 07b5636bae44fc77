import { isGo } from '../../core/go-no-go/decide-poll.ts';
import { SIGNING_ROLES } from '../../core/go-no-go/sign-off.ts';
import { type Decision, latestDecision } from '../../db/queries/decisions.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import type { Queries } from '../../db/transaction.ts';
import { reachable } from '../kernel/who-may.ts';

/** Whether a go approves a release only once it is signed off. */
export function needsSignOff({ plan }: Pick<Release, 'plan'>): boolean {
  return plan.goNoGo.signOff === true;
}

/** Whether a release has a go that approves it only once it is signed off. */
export async function isAwaitingSignOff(db: Queries, release: Release): Promise<boolean> {
  if (release.state !== 'in_planning' || !needsSignOff(release)) return false;
  const [decision, poll] = await Promise.all([latestDecision(db, release.id), latestPoll(db, release.id)]);
  const isOpen = poll?.kind === 'decision' && poll.state === 'open';
  return !isOpen && decision !== null && isGo(decision.outcome) && isForPlannedDay(release, decision);
}

/** Whether a decision was for the day that is planned now; older records don't say for which they were. */
export function isForPlannedDay({ plan }: Pick<Release, 'plan'>, { record }: Decision): boolean {
  return record.goLiveDate === undefined || record.goLiveDate === plan.goLive.date;
}

/** Who can sign a release off and can be reached, each once. */
export function signersOf(release: Release): ReleasePerson[] {
  return reachable(release, SIGNING_ROLES);
}
