import type { Poll } from '../plan/go-no-go-schema.ts';
import type { RoleName } from '../plan/roles.ts';
import type { PollPolicy } from './poll-policy.ts';

/** What a missing vote does, in a sentence. `goStands`: the release has a go already. */
export function silenceSentence({
  kind,
  goStands,
  policy,
  roles,
}: {
  kind: Poll['kind'];
  goStands: boolean;
  policy: PollPolicy;
  /** Those whose vote is missing. */
  roles: readonly RoleName[];
}): string {
  if (roles.length > 0 && roles.every((role) => policy.observers.includes(role)))
    return 'Your vote is advisory: everybody sees it, and it is not counted.';
  if (policy.rule !== 'unanimous') return 'A missing vote does not count as a go.';
  if (kind === 'readiness') {
    return goStands
      ? 'Without your vote the check fails; the earlier go stands.'
      : 'Without your vote the check fails.';
  }
  return goStands ? 'Without your vote the earlier go stands.' : "Without your vote it's not a go.";
}
