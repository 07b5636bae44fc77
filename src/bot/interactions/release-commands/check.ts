import type { Release } from '../../../db/queries/load-release.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Result } from '../../../services/kernel/result.ts';
import { done } from '../../../services/kernel/result.ts';
import { type Checklist, loadChecklists } from '../../../services/readiness/load-checklists.ts';
import { postChecklists, refuseUnknownChecklist } from '../../../services/readiness/post-checklists.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { checklistsCard, ownItemsCard } from '../../cards/answers/checklists-card.ts';
import { checklistCard } from '../../cards/checklist/checklist-card.ts';
import { type Answer, answerCard, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { type CheckWords, parseCheck } from '../words/parse-check.ts';

export const subcommand: Subcommand = {
  name: 'check',
  usage: '[release] [checklist] [mine | post]',
  help: 'the checklists: tick, with evidence or a reason; `mine` is what is yours, `post` puts them in the channel',
  position: 455,
  run: async ({ ctx, words }) => {
    const asked = parseCheck(words);
    const found = await findAsked(ctx, asked);
    if (!found.ok) return answerRefusal(found.refusal);
    const { release, lists, checklist } = found.value;
    if (asked.mode === 'post') return post(ctx, { releaseKey: release.key, checklist });
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    const viewer = { personId, now: ctx.clock.now() };
    const shown = checklist === null ? lists : lists.filter(({ key }) => key === checklist);
    if (asked.mode === 'mine') return answerCard(ownItemsCard(release, shown, viewer));
    const [only] = shown;
    if (checklist === null || !only) return answerCard(checklistsCard(release, lists, viewer));
    return answerCard(checklistCard(release, only, viewer.now));
  },
};

interface Asked {
  release: Release;
  lists: Checklist[];
  checklist: string | null;
}

/** What was named first is a release, or else a checklist of the one that is meant without a key. */
async function findAsked(ctx: Ctx, { named, checklist }: CheckWords): Promise<Result<Asked>> {
  const first = await findRelease(ctx, named);
  if (first.ok) return checkList(ctx, first.value, checklist);
  if (named === null || checklist !== null) return first;
  const meant = await findRelease(ctx, null);
  if (!meant.ok) return first;
  const asked = await checkList(ctx, meant.value, named);
  return asked.ok ? asked : first;
}

async function checkList(ctx: Ctx, release: Release, checklist: string | null): Promise<Result<Asked>> {
  const lists = await loadChecklists(ctx.db, release);
  if (checklist === null || lists.some(({ key }) => key === checklist))
    return done({ release, lists, checklist });
  return refuseUnknownChecklist(release, checklist, lists);
}

async function post(ctx: Ctx, input: { releaseKey: string; checklist: string | null }): Promise<Answer> {
  const result = await postChecklists({ ctx, input });
  if (!result.ok) return answerRefusal(result.refusal);
  const { posted, addresses, releaseKey } = result.value;
  const places = listWords([...addresses]);
  if (posted.length === 0) return answerSentence(`The checklists of ${releaseKey} are in ${places} already.`);
  return answerSentence(`In ${places} now: ${listWords(posted)}.`);
}
