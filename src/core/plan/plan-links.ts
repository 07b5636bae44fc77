import type { Link } from '../card/card.ts';
import { LINK_NAMES, LINK_TITLES, type LinkName, type PlanLinks } from './links-schema.ts';

/** The links that a plan gives, in the order of `names`, each labelled for people. */
export function planLinks(links: PlanLinks, names: readonly LinkName[] = LINK_NAMES): Link[] {
  return names.flatMap((name) => {
    const url = links[name];
    return url === undefined ? [] : [{ label: LINK_TITLES[name], url }];
  });
}
