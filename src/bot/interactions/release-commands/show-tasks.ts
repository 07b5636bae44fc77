import { findTasks } from '../../../db/queries/tasks.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { tasksCard } from '../../cards/answers/tasks-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';
import { splitWords } from '../words/split-words.ts';

export const subcommand: Subcommand = {
  name: 'tasks',
  usage: '[release] [all]',
  help: 'what has to be done, by whom and when: tick it, put it off, or say that it is not applicable',
  position: 450,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const typed = splitWords(words);
    const all = typed.some((word) => word.toLowerCase() === 'all');
    const key = parseReleaseKey(typed.filter((word) => word.toLowerCase() !== 'all').join(' '));
    const found = await findRelease(ctx, key);
    if (!found.ok) return answerRefusal(found.refusal);
    const tasks = await findTasks(ctx.db, [found.value.id]);
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    return answerCard(tasksCard(found.value, tasks, { personId, now: ctx.clock.now(), all }));
  },
};
