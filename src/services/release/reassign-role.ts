import * as z from 'zod';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { mayReassign, releaseStateTitles } from '../../core/release/release-state.ts';
import { lockPeople } from '../../db/queries/lock-people.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { linkPerson, type PersonAccounts } from '../people/link-person.ts';
import { isReleaseCreator } from './find-creator.ts';
import { giveRoles, sharedRole } from './give-roles.ts';
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
  await giveRoles(scope, release, { roles: [role], personId, person: found.value });
  const details = { from: before?.name ?? null, to: found.value.name };
  return done({ releaseKey: release.key, ...details, role });
}
