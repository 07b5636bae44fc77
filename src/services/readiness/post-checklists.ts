import * as z from 'zod';
import { encodeDestination } from '../../core/address/destination.ts';
import { checklistSubject } from '../../core/readiness/checklists/checklist-subject.ts';
import { mayEdit, releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Ctx } from '../kernel/context.ts';
import { openCard } from '../kernel/effects.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { type Checklist, loadChecklists } from './load-checklists.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  /** The key of one; null: all that have something open. */
  checklist: z.string().nullable(),
});
type Input = z.infer<typeof inputSchema>;

export interface PostedChecklists {
  releaseKey: string;
  /** The titles of those whose cards are new. */
  posted: string[];
  /** Where they are, as the plan writes it. */
  addresses: readonly string[];
}

/** Posts the live card of one checklist, or of each that is not settled, in the channel of the release. */
export function postChecklists(args: { ctx: Ctx; input: Input }): Promise<Result<PostedChecklists>> {
  return runVerb({ name: 'checklist.post', input: inputSchema, run: post }, args);
}

async function post(scope: Scope, { releaseKey, checklist }: Input): Promise<Result<PostedChecklists>> {
  const loaded = await loadForRequest(scope, releaseKey, 'checklist.post');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  if (!mayEdit(release.state)) {
    const message = `${release.key} is ${releaseStateTitles[release.state]}: its checklists are over.`;
    return refuse('wrong-state', message, about);
  }
  const lists = await loadChecklists(scope.tx, release);
  if (checklist !== null && !lists.some(({ key }) => key === checklist))
    return refuseUnknownChecklist(release, checklist, lists);
  const wanted = lists.filter((list) => (checklist === null ? isOpen(list) : list.key === checklist));
  const posted = await openCards(scope, release, wanted);
  return done({
    releaseKey: release.key,
    posted: posted.map(({ title }) => title),
    addresses: release.plan.channels.release,
  });
}

export function refuseUnknownChecklist(
  { id, key }: Pick<Release, 'id' | 'key'>,
  named: string,
  lists: readonly Checklist[],
): Result<never> {
  const known = lists.length === 0 ? 'It has none.' : `It has: ${lists.map((list) => list.key).join(', ')}.`;
  return refuse('not-found', `${key} has no checklist “${named}”. ${known}`, { releaseId: id });
}

/** The time that a plan gives for it has come. The release is locked. */
export async function postOnSchedule(scope: Scope, release: Release): Promise<void> {
  if (!mayEdit(release.state)) return;
  await openCards(scope, release, (await loadChecklists(scope.tx, release)).filter(isOpen));
}

/** Whether people have something left to settle. */
export function isOpen({ items }: Checklist): boolean {
  return items.some(({ state, settledBy }) => state === 'open' && settledBy === 'people');
}

/** Returns those whose cards were not there yet. */
async function openCards(scope: Scope, release: Release, lists: readonly Checklist[]): Promise<Checklist[]> {
  const to = destinationsFor(release, 'release');
  const posted: Checklist[] = [];
  for (const list of lists) {
    const subjectId = checklistSubject(release.id, list.key);
    if ((await openCard(scope, { releaseId: release.id, kind: 'checklist', subjectId, to })) > 0)
      posted.push(list);
  }
  if (posted.length > 0) {
    const details = { checklists: posted.map(({ key }) => key), to: to.map(encodeDestination) };
    scope.audit({ action: 'checklists.posted', releaseId: release.id, details });
  }
  return posted;
}
