import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { type ReleaseState, releaseStateTitles } from '../../core/release/release-state.ts';
import type { ListedReleases } from '../../db/queries/load-release.ts';
import { type Refusal, type Result, refuse } from './result.ts';

/** So many keys are proposed to someone who has named no release. */
export const maxProposed = 10;

/** Asks for the key when several releases may be meant. */
export function askWhich({ releases, more }: ListedReleases): Result<never> {
  const keys = releases.map((release) => release.key).join(', ');
  const others = more ? line` There are more: see them with ${command('release', 'list')}.` : '';
  return refuse('ambiguous', line`Which release? Give its key: ${keys}.${others}`);
}

/** Nothing is known under the key that somebody named. */
export function refuseUnknownRelease(key: string): { ok: false; refusal: Refusal } {
  return refuse(
    'not-found',
    line`There is no release "${key}". See them with ${command('release', 'list')}.`,
  );
}

/** What ended last, where nothing is under way. */
type LastRelease = { key: string; state: ReleaseState } | null;

/** Nobody named a release, and there is none that could be meant. `mayPlan`: the actor may plan one. */
export function refuseNoRelease(facts: { mayPlan: boolean; last?: LastRelease }): {
  ok: false;
  refusal: Refusal;
} {
  return refuse('not-found', describeNoRelease(facts));
}

/** That nothing is under way, what was last, and the next step for those who may take it. */
export function describeNoRelease({ mayPlan, last = null }: { mayPlan: boolean; last?: LastRelease }): Line {
  const none = 'No release is under way.';
  const ended = last === null ? none : line`${none} ${describeLast(last)}`;
  return mayPlan ? line`${ended} Plan one with ${command('release', 'new')}.` : ended;
}

/** How the last release ended, and where to see it. */
function describeLast({ key, state }: NonNullable<LastRelease>): Line {
  return line`The last one, ${key}, is ${releaseStateTitles[state]}: see ${command('release', `status ${key}`)}.`;
}
