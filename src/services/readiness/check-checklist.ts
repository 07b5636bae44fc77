import * as z from 'zod';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import type { Task } from '../../db/queries/tasks.ts';
import type { Ctx } from '../kernel/context.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { mayChangeTask } from '../tasks/who-does.ts';
import { type Checklist, loadChecklists } from './load-checklists.ts';

const inputSchema = z.object({ releaseId: z.uuid(), checklist: z.string() });
type Input = z.infer<typeof inputSchema>;

export interface FoundChecklist {
  release: Release;
  list: Checklist;
}

/** Whether an item of a checklist falls to somebody: asked before the form to tick it opens. */
export function checkChecklist(args: { ctx: Ctx; input: Input }): Promise<Result<Input>> {
  return runVerb({ name: 'checklist.check', input: inputSchema, run: check }, args);
}

async function check(scope: Scope, input: Input): Promise<Result<Input>> {
  const found = await findChecklist(scope.tx, input);
  if (!found.ok) return found;
  const { release, list } = found.value;
  const { actor } = scope.ctx;
  if (changeableItems(release, list, actor.kind === 'person' ? actor.personId : null).length > 0)
    return done(input);
  const owners = [...new Set(list.items.map(({ owner }) => owner))];
  return refuse('not-permitted', `Nothing in “${list.title}” of ${release.key} falls to you.`, {
    releaseId: release.id,
    who: describeHolders(release, owners),
  });
}

/** The items of a checklist that somebody may settle or open again. */
export function changeableItems(release: Release, { items }: Checklist, personId: string | null): Task[] {
  return items.filter((item) => item.settledBy === 'people' && mayChangeTask(release, item, personId));
}

/** The checklist that a button is about; the plan may have dropped it since. */
export async function findChecklist(
  db: Parameters<typeof loadRelease>[0],
  { releaseId, checklist }: Input,
): Promise<Result<FoundChecklist>> {
  const release = await loadRelease(db, { id: releaseId });
  const lists = release ? await loadChecklists(db, release) : [];
  const list = lists.find(({ key }) => key === checklist);
  if (release && list) return done({ release, list });
  return refuse('not-found', 'The plan no longer has this checklist.', release ? { releaseId } : {});
}
