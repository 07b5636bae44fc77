import {
  type Block,
  bold,
  type Card,
  command,
  type Inline,
  note,
  paragraph,
} from '../../../core/card/card.ts';
import { inlines, type Line, line, lineText } from '../../../core/card/line.ts';
import { capabilityTitles } from '../../../core/permissions/capability-titles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { ExplainedRight } from '../../../services/permissions/explain-rights.ts';

/** What somebody can do in a release and why, and who can do the rest. Capabilities with one reason share a line. */
export function rightsCard({ key }: Release, name: string, rights: readonly ExplainedRight[]): Card {
  const summary = `What ${name} can do in ${key}`;
  const those = (may: ExplainedRight['may']) => rights.filter((right) => right.may === may);
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...section('✅ Can', those('yes'), ({ why }) => line`: ${why}`),
      ...section('❔ Not known now', those('unknown'), ({ why }) => line`: ${why}`),
      ...section('⛔ Can’t', those('no'), whoCan),
      note(line`Roles come from the plan: see ${command('release', `show ${key}`)}.`),
    ],
  };
}

function whoCan({ why, who }: ExplainedRight): Line {
  const because = why === '' ? '' : `: ${why}`;
  return line`${because}. Who can: ${who ?? 'nobody'}`;
}

function section(
  title: string,
  rights: readonly ExplainedRight[],
  reason: (right: ExplainedRight) => Line,
): Block[] {
  if (rights.length === 0) return [];
  const groups = groupBy(rights, (right) => lineText(reason(right)));
  const items = [...groups.values()].flatMap((same): Inline[][] => {
    const [first] = same;
    if (!first) return [];
    const titles = listWords(same.map(({ capability }) => capabilityTitles[capability]));
    return [inlines(line`${capitalize(titles)}${reason(first)}`)];
  });
  return [paragraph(bold(title)), { type: 'list', ordered: false, items }];
}
