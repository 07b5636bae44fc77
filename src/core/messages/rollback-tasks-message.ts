import { groupBy } from '../../lib/group-by.ts';
import { type Block, type Card, command, type Inline, note, paragraph } from '../card/card.ts';
import { inlines, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import { mentions, type Named } from './mention.ts';

/** What there is to do after a rollback, by when, and who does it. `dueAt`: epoch ms. */
export function rollbackTasksMessage(facts: {
  releaseKey: string;
  zone: string;
  tasks: readonly { title: string; dueAt: number; people: readonly Named[] }[];
}): Card {
  const { releaseKey, zone, tasks } = facts;
  const summary = `After the rollback of ${releaseKey}: who does what`;
  const lists = [...groupBy(tasks, ({ dueAt }) => String(dueAt)).values()];
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...lists.flatMap((list): Block[] => {
        const [first] = list;
        if (!first) return [];
        const items: Inline[][] = list.map(({ title, people }) =>
          inlines(people.length === 0 ? title : line`${title}: ${mentions(people)}`),
        );
        return [paragraph(line`By ${localDate(first.dueAt, zone)}`), { type: 'list', ordered: false, items }];
      }),
      note(line`Everybody ticks their own: ${command('release', `tasks ${releaseKey}`)}.`),
    ],
  };
}
