import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { reassignedMessage } from '../../core/messages/reassigned-message.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { mayReassign, releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRoleHolders } from '../../db/queries/role-holders.ts';
import { releasePeople, releases } from '../../db/schema/release.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { invalidateHomesOfFormer } from '../home/invalidate-homes.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { linkPerson, type PersonAccounts } from '../people/link-person.ts';
import { openBallots } from '../people/record-unreachable.ts';
import { wakePeople } from '../tasks/wake-people.ts';
import { destinationsFor } from './destinations-for.ts';
import { isReleaseCreator } from './find-creator.ts';
import { lookUpHolder, type NamedPerson } from './look-up-holder.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable(), role: z.enum(ROLE_NAMES) });
type Input = z.infer<typeof inputSchema>;

export interface ReassignedRole {
  releaseKey: string;
  role: RoleName;
  /** Null: nobody had it. */
  from: string | null;
  to: string;
}

/**
 * Gives a role to somebody else: ballots that are open and everything that waits go to them. What the one before has
 * voted stays until the new one votes.
 */
export async function reassignRole({
  ctx,
  input: { person, ...input },
}: {
  ctx: Ctx;
  input: Input & { person: NamedPerson };
}): Promise<Result<ReassignedRole>> {
  const isCreator = await isReleaseCreator(ctx);
  const found = await lookUpHolder(ctx, person);
  const run = (scope: Scope, parsed: Input) => reassign(scope, parsed, { isCreator, found });
  return runVerb({ name: 'release.reassign', input: inputSchema, run }, { ctx, input });
}

async function reassign(
  scope: Scope,
  { releaseKey, role }: Input,
  { isCreator, found }: { isCreator: boolean; found: Result<PersonAccounts> },
): Promise<Result<ReassignedRole>> {
  const loaded = await loadForRequest(scope, releaseKey, 'release.reassign', { isCreator });
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  if (!mayReassign(release.state)) {
    const message = `${release.key} is ${releaseStateTitles[release.state]}; its roles stay as they were.`;
    return refuse('wrong-state', message, about);
  }
  const ofPerson = { ...about, field: 'person' };
  if (!found.ok) return { ok: false, refusal: { ...found.refusal, ...ofPerson } };
  await lockPeople(scope.tx);
  const personId = await linkPerson(scope, found.value);
  const before = release.people.find((person) => person.role === role && person.position === 'holder');
  if (before?.personId === personId) {
    return refuse('wrong-state', `${before.name} is already ${roleTitle(role)} of ${release.key}.`, ofPerson);
  }
  const shared = sharedRole(release, role, personId);
  if (shared) {
    const message = `${found.value.name} already votes as ${roleTitle(shared)}, and the plan requires a different person for each role.`;
    return refuse('conditions-unmet', message, ofPerson);
  }
  const plan = await writeHolder(scope, release, { role, personId, person: found.value });
  const details = { role, from: before?.name ?? null, to: found.value.name };
  scope.audit({
    action: 'role.reassigned',
    releaseId: release.id,
    subject: role,
    details: {
      ...details,
      planDigest: planDigest(plan),
      people: await loadRoleHolders(scope.tx, release.id),
    },
  });
  await handOver(scope, { release, role, before });
  return done({ releaseKey: release.key, ...details, role });
}

/** Another role for which they vote, where the plan requires different people. */
function sharedRole({ plan, people }: Release, role: RoleName, personId: string): RoleName | undefined {
  const { distinctPeople, roles } = plan.goNoGo;
  if (!distinctPeople || !roles.includes(role)) return undefined;
  const held = people.filter((person) => person.personId === personId && person.position === 'holder');
  return held.find((person) => person.role !== role && roles.includes(person.role))?.role;
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
  { release, role, before }: { release: Release; role: RoleName; before: ReleasePerson | undefined },
): Promise<void> {
  const changed = await lockRelease(scope.tx, { id: release.id });
  const after = changed?.people.find((person) => person.role === role && person.position === 'holder');
  if (!changed || !after) throw new Error(`release ${release.key} has no ${role} after it was given`);
  await openBallots(scope, changed);
  await updateDrafts(scope, changed);
  await wakePeople(scope, changed);
  const content = reassignedMessage({
    releaseKey: release.key,
    role,
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
}
