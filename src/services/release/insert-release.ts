import type { Plan } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRoleHolders } from '../../db/queries/role-holders.ts';
import { releaseDestinations, releasePeople, releases } from '../../db/schema/release.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import { actorId } from '../kernel/context.ts';
import type { Scope } from '../kernel/scope.ts';
import { linkPerson } from '../people/link-person.ts';
import type { FoundPerson } from './look-up-people.ts';
import type { PlanDirectory } from './look-up-plan.ts';

/** Writes a release, a draft so far, with its people and channels; null when its key is taken. */
export async function insertRelease(
  scope: Scope,
  plan: Plan,
  { goLiveAt, directory }: { goLiveAt: number; directory: PlanDirectory },
): Promise<Release | null> {
  const { tx, ctx } = scope;
  const id = ctx.newId();
  const inserted = await tx
    .insert(releases)
    .values({
      id,
      key: plan.release,
      state: 'draft',
      plan,
      goLiveAt: new Date(goLiveAt),
      createdAt: new Date(scope.now),
      createdBy: actorId(ctx.actor),
    })
    .onConflictDoNothing()
    .returning({ id: releases.id });
  if (inserted.length === 0) return null;
  await insertPeople(scope, id, directory.people);
  await tx
    .insert(releaseDestinations)
    .values(directory.destinations.map((found) => ({ releaseId: id, ...found })));
  await tx
    .insert(rollouts)
    .values({ releaseId: id, state: 'not_started', trafficPercent: 0, phaseIndex: -1, gates: [] });
  const details = {
    key: plan.release,
    version: plan.version,
    goLiveAt: new Date(goLiveAt).toISOString(),
    planDigest: planDigest(plan),
    people: await loadRoleHolders(tx, id),
  };
  scope.audit({ action: 'release.created', releaseId: id, details });
  return lockRelease(tx, { id });
}

/** Who has several roles is connected with their accounts once. */
export async function insertPeople(
  scope: Scope,
  releaseId: string,
  people: readonly FoundPerson[],
): Promise<void> {
  await lockPeople(scope.tx);
  const ids = new Map<string, string>();
  for (const person of people) {
    if (!ids.has(person.email)) ids.set(person.email, await linkPerson(scope, person));
  }
  await scope.tx.insert(releasePeople).values(
    people.flatMap(({ role, position, name, email }) => {
      const personId = ids.get(email);
      return personId === undefined ? [] : [{ releaseId, role, position, personId, name, email }];
    }),
  );
}
