import { type Block, linkBlocks } from '../../../core/card/card.ts';
import type { LinkName } from '../../../core/plan/links-schema.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { planLinks } from '../../../core/plan/plan-links.ts';

/** A row of those of the given pages that the plan names; none: no row. */
export function planLinkBlocks({ links }: Pick<Plan, 'links'>, names?: readonly LinkName[]): Block[] {
  return linkBlocks(planLinks(links, names));
}
