import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { shortReason } from '../../core/messages/reason.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Rollout } from '../../db/queries/rollouts.ts';
import { describeWhoMay } from '../kernel/who-may.ts';

/** Why nothing is promoted while a rollout is paused, and who can change that; null: it is not. */
export function heldSentence(release: Release, { heldAt, heldBy, heldReason }: Rollout): Line | null {
  if (heldAt === null) return null;
  const since = localDate(heldAt.getTime(), release.plan.goLive.zone);
  const resume = command('release', `rollout resume ${release.key}`);
  return line`The rollout has been paused since ${since}, by ${heldBy ?? 'somebody'}: ${shortReason(heldReason ?? '')} ${describeWhoMay(release, 'rollout.pause')} can resume it with ${resume}.`;
}
