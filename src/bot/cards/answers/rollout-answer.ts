import type { Card } from '../../../core/card/card.ts';
import { quoteLongReasons } from '../../../core/messages/reason.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { eventTitle, latestEvents, rolloutStanding } from '../parts/rollout-standing.ts';

/** The rollout for one person who asks: reasons in full, and no buttons, since anybody may ask at any time. */
export function rolloutAnswer(
  release: Release,
  rollout: Rollout,
  now: number,
  { hasDriver = true }: { hasDriver?: boolean } = {},
): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now, { hasDriver });
  const given = latestEvents(rollout).map((event) => ({
    title: `${eventTitle(release, event)}:`,
    reason: event.reason,
  }));
  return { summary, blocks: [...blocks, ...quoteLongReasons(given)] };
}
