import { SIGNING_ROLES } from '../../core/go-no-go/sign-off.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { reachable } from '../kernel/who-may.ts';

/** Whether a go approves a release only once it is signed off. */
export function needsSignOff({ plan }: Pick<Release, 'plan'>): boolean {
  return plan.goNoGo.signOff === true;
}

/** Who can sign a release off and can be reached, each once. */
export function signersOf(release: Release): ReleasePerson[] {
  return reachable(release, SIGNING_ROLES);
}
