import { and, eq } from 'drizzle-orm';
import { rolesVotingTogether } from '../../core/go-no-go/roles-voting-together.ts';
import { reassignedMessage } from '../../core/messages/reassigned-message.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRoleHolders } from '../../db/queries/role-holders.ts';
import { releasePeople, releases } from '../../db/schema/release.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { invalidateHomesOfFormer } from '../home/invalidate-homes.ts';
import { deliver } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import type { Scope } from '../kernel/scope.ts';
import type { PersonAccounts } from '../people/link-person.ts';
import { openBallots } from '../people/record-unreachable.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { destinationsFor } from './destinations-for.ts';

/**
 * Gives roles of a release, which is locked, to somebody: open ballots and whatever waits are theirs. Both people and the
 * release's channel are notified. Returns the release as it is then.
 */
export async function giveRoles(
  scope: Scope,
  release: Release,
  { roles, personId, person }: { roles: readonly RoleName[]; personId: string; person: PersonAccounts },
): Promise<Release> {
  let plan = release.plan;
  for (const role of roles) {
    plan = await writeHolder(scope, { ...release, plan }, { role, personId, person });
    const from = holderOf(release, role)?.name ?? null;
    const people = await loadRoleHolders(scope.tx, release.id);
    const details = { role, from, to: person.name, planDigest: planDigest(plan), people };
    scope.audit({ action: 'role.reassigned', releaseId: release.id, subject: role, details });
  }
  return handOver(scope, { release, roles });
}

export function holderOf({ people }: Release, role: RoleName) {
  return people.find((person) => person.role === role && person.position === 'holder');
}

/** Another role for which they vote, where the plan requires different people. */
export function sharedRole(
  { plan, people }: Release,
  role: RoleName,
  personId: string,
): RoleName | undefined {
  if (!plan.goNoGo.distinctPeople) return undefined;
  const besides = rolesVotingTogether(plan).filter((roles) => roles.includes(role));
  const held = people.filter((person) => person.personId === personId && person.position === 'holder');
  return held.find((person) => person.role !== role && besides.some((roles) => roles.includes(person.role)))
    ?.role;
}

/** The plan and the rows say the same. Returns the plan. Who was the backup of the role is not the backup of themselves. */
async function writeHolder(
  { tx }: Scope,
  release: Release,
  holder: { role: RoleName; personId: string; person: PersonAccounts },
): Promise<Plan> {
  const { role, personId, person } = holder;
  const { name, email } = person;
  const inRole = and(eq(releasePeople.releaseId, release.id), eq(releasePeople.role, role));
  await tx.delete(releasePeople).where(and(inRole, eq(releasePeople.position, 'holder')));
  await tx.delete(releasePeople).where(and(inRole, eq(releasePeople.personId, personId)));
  const row = { releaseId: release.id, role, position: 'holder' as const, personId, name, email };
  await tx.insert(releasePeople).values(row);
  const backup = release.plan.roles[role]?.backup;
  const kept = backup && backup.email.toLowerCase() !== email.toLowerCase() ? { backup } : {};
  const plan = { ...release.plan, roles: { ...release.plan.roles, [role]: { name, email, ...kept } } };
  await tx.update(releases).set({ plan }).where(eq(releases.id, release.id));
  return plan;
}

/** Both are notified, and the release's channel; the new one gets the ballots that are open. */
async function handOver(
  scope: Scope,
  { release, roles }: { release: Release; roles: readonly RoleName[] },
): Promise<Release> {
  const changed = await lockRelease(scope.tx, { id: release.id });
  const [role] = roles;
  const after = changed && role && holderOf(changed, role);
  if (!changed || !role || !after)
    throw new Error(`release ${release.key} has no ${role} after it was given`);
  await openBallots(scope, changed);
  await updateDrafts(scope, changed);
  await wakePeople(scope, changed);
  const before = holderOf(release, role);
  const content = reassignedMessage({
    releaseKey: release.key,
    roles,
    from: before?.name ?? null,
    to: after,
    by: actorName(release, scope.ctx.actor),
  });
  const asked = { release: changed, actor: scope.ctx.actor };
  const former = before?.isReachable ? directMessageTo(before, asked) : [];
  const to = [...destinationsFor(changed, 'release'), ...directMessageTo(after, asked), ...former];
  await deliver(scope, { releaseId: release.id, to, subject: 'role-reassigned', content });
  await invalidateHomesOfFormer(scope, { before: release, after: changed });
  scope.invalidateCards(release.id);
  return changed;
}
