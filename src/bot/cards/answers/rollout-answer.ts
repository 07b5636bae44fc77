import type { Card } from '../../../core/card/card.ts';
import { inlines } from '../../../core/card/line.ts';
import { quoteLongReasons } from '../../../core/messages/reason.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { eventLine, eventTitle, latestEvents } from '../parts/rollout-events.ts';
import { rolloutStanding } from '../parts/rollout-standing.ts';
import type { RolloutFacts } from '../parts/rollout-status.ts';

/**
 * The rollout at `now` (epoch ms) for one person who asks: the last events, reasons in full, and no buttons, since anybody may ask at any
 * time.
 */
export function rolloutAnswer(
  release: Release,
  rollout: Rollout,
  now: number,
  facts: RolloutFacts = { hasDriver: true },
): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now, facts);
  const events = latestEvents(rollout);
  const items = events.map((event) => inlines(eventLine(release, event)));
  const given = events.map((event) => ({ title: `${eventTitle(event)}:`, reason: event.reason }));
  return {
    summary,
    blocks: [
      ...blocks,
      ...(items.length > 0 ? [{ type: 'list' as const, ordered: false, items }] : []),
      ...quoteLongReasons(given),
      ...planLinkBlocks(release.plan, ['dashboard', 'build', 'runbook']),
    ],
  };
}
