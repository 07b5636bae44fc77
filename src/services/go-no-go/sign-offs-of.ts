import { isGo } from '../../core/go-no-go/decide-poll.ts';
import { SIGNING_ROLES } from '../../core/go-no-go/sign-off.ts';
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
  const poll = await latestPoll(db, release.id);
  return poll?.kind === 'decision' && poll.state === 'closed' && isGo(poll.outcome);
}

/** Who can sign a release off and can be reached, each once. */
export function signersOf(release: Release): ReleasePerson[] {
  return reachable(release, SIGNING_ROLES);
}
