import type { Poll } from '../plan/go-no-go-schema.ts';

/** What a missing vote does, in a sentence. `goStands`: the release has a go already. */
export function silenceSentence({ kind, goStands }: { kind: Poll['kind']; goStands: boolean }): string {
  if (kind === 'readiness') {
    return goStands
      ? 'Without your vote the check fails; the earlier go stands.'
      : 'Without your vote the check fails.';
  }
  return goStands ? 'Without your vote the earlier go stands.' : "Without your vote it's a no-go.";
}
