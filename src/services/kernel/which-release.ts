import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import type { ListedReleases } from '../../db/queries/load-release.ts';
import { type Refusal, type Result, refuse } from './result.ts';

/** So many keys are proposed to someone who has named no release. */
export const maxProposed = 10;

/** Asks for the key when several releases may be meant. */
export function askWhich({ releases, more }: ListedReleases): Result<never> {
  const keys = releases.map((release) => release.key).join(', ');
  const others = more ? line` There are more: see them with ${command('release', 'list')}.` : '';
  return refuse('ambiguous', line`Which release? Say its key: ${keys}.${others}`);
}

/** Nothing is known under the key that somebody named. */
export function refuseUnknownRelease(key: string): { ok: false; refusal: Refusal } {
  return refuse(
    'not-found',
    line`There is no release "${key}". See them with ${command('release', 'list')}.`,
  );
}

/** Nobody named a release, and there is none that could be meant. `mayPlan`: the actor may plan one. */
export function refuseNoRelease({ mayPlan }: { mayPlan: boolean }): { ok: false; refusal: Refusal } {
  return refuse('not-found', describeNoRelease({ mayPlan }));
}

/** That nothing is under way, with the next step for those who may take it. */
export function describeNoRelease({ mayPlan }: { mayPlan: boolean }): Line {
  const none = 'No release is under way.';
  return mayPlan ? line`${none} Plan one with ${command('release', 'new')}.` : none;
}
