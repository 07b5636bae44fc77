import type { Block, Link } from '../../../core/card/card.ts';
import type { Plan } from '../../../core/plan/plan.ts';

/** The pages that a plan may name, as cards call them. */
const labels = {
  dashboard: 'Dashboard',
  build: 'Build',
  tickets: 'Tickets',
  runbook: 'Runbook',
  changes: 'Changes',
  notes: 'Release notes',
} as const;
type LinkKey = keyof typeof labels;

/** A plan that may name pages elsewhere. */
type Linked = Plan & { links?: Partial<Record<LinkKey, string | undefined>> };

/** A row of those of the given pages that the plan names; none: no row. */
export function linkBlocks(plan: Linked, keys: readonly LinkKey[]): Block[] {
  const links = keys.flatMap((key): Link[] => {
    const url = plan.links?.[key];
    return url === undefined ? [] : [{ label: labels[key], url }];
  });
  return links.length === 0 ? [] : [{ type: 'links', links }];
}
