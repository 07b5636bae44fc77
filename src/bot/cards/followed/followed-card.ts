import { type Card, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { withoutMentions } from '../../../core/card/without-mentions.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { rolloutStanding } from '../parts/rollout-standing.ts';
import type { RolloutFacts } from '../parts/rollout-status.ts';

/** How a release stands at `now` (epoch ms), for somebody who only follows it: nothing to press, and nobody is mentioned. */
export function followedCard(release: Release, rollout: Rollout, now: number, facts: RolloutFacts): Card {
  const { summary, blocks } = rolloutStanding(release, rollout, now, facts);
  const stop = command('release', `unfollow ${release.key}`);
  return withoutMentions({
    summary,
    blocks: [
      ...blocks,
      ...planLinkBlocks(release.plan, ['dashboard', 'notes']),
      note(line`You follow this release. To stop, use ${stop}.`),
    ],
  });
}
