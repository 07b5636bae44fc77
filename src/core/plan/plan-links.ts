import type { Inline } from '../card/inline.ts';
import { LINK_NAMES, LINK_TITLES, type LinkName, type PlanLinks } from './links-schema.ts';

export type LinkInline = Extract<Inline, { type: 'link' }>;

/** The links of a plan that it gives, in the order of `names`, each labelled for people. */
export function linkInlines(links: PlanLinks, names: readonly LinkName[] = LINK_NAMES): LinkInline[] {
  return names.flatMap((name) => {
    const url = links[name];
    return url === undefined ? [] : [{ type: 'link', url, text: LINK_TITLES[name] }];
  });
}

/** Links on one line, with a dot between them: `Dashboard · Runbook`. Empty when there are none. */
export function joinLinks(links: readonly LinkInline[]): Inline[] {
  return links.flatMap((link, index): Inline[] =>
    index === 0 ? [link] : [{ type: 'text', text: ' · ' }, link],
  );
}
