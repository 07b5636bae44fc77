import { type Block, type Card, command, paragraph } from '../../../core/card/card.ts';
import { inlines, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeCollision } from '../../../core/collisions/describe-collision.ts';
import { searchedDays } from '../../../core/collisions/find-clear-slot.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { CollisionReport } from '../../../services/collisions/look-for-collisions.ts';
import { sentenceCard } from './refusal-card.ts';

/** So many are listed. */
const mostListed = 10;

/** What a plan collides with; none: no blocks. */
export function collisionBlocks(
  { goLive }: Pick<Plan, 'goLive'>,
  { collisions, clearSlot }: CollisionReport,
): Block[] {
  if (collisions.length === 0) return [];
  const { zone } = goLive;
  const more = collisions.length - mostListed;
  const items = collisions.slice(0, mostListed).map((one) => inlines(describeCollision(one, zone)));
  return [
    paragraph('⚠️ It conflicts with other releases:'),
    { type: 'list', ordered: false, items: more > 0 ? [...items, inlines(`${more} more.`)] : items },
    paragraph(
      clearSlot === null
        ? `There is no day without a conflict within ${searchedDays} days.`
        : line`The nearest slot without a conflict is ${localDate(clearSlot.instant, zone)}.`,
    ),
  ];
}

/** The same for somebody who asks about a release. */
export function collisionsCard(plan: Plan, report: CollisionReport): Card {
  const blocks = collisionBlocks(plan, report);
  if (blocks.length === 0) return sentenceCard(`${plan.release} doesn't conflict with any other release.`);
  const summary = `Conflicts of ${plan.release}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...blocks,
      paragraph(line`To move it: ${command('release', `reschedule ${plan.release}`)}.`),
    ],
  };
}
