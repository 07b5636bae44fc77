import { type Capability, capabilityRoles } from '../../core/permissions/capabilities.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Actor } from './context.ts';
import { type Refusal, refuse } from './result.ts';

type ReleaseCapability = Exclude<Capability, 'release.create'>;

/** The roles that a person holds in a release; backups hold none until they are asked to step in. */
export function rolesOf(release: Release, actor: Actor): RoleName[] {
  if (actor.kind !== 'person') return [];
  return release.people
    .filter(({ personId, position }) => personId === actor.personId && position === 'holder')
    .map((person) => person.role);
}

/** The actor's name as the release knows it, else as the platform gave it. */
export function actorName(release: Release, actor: Actor): string {
  // To people its parts are one.
  if (actor.kind === 'system') return 'tminus';
  if (actor.kind !== 'person') return actor.name;
  return release.people.find(({ personId }) => personId === actor.personId)?.name ?? actor.name;
}

/** Null when the actor may; else the refusal, with the names of those who can. */
export function checkCapability(
  release: Release,
  actor: Actor,
  capability: ReleaseCapability,
): Refusal | null {
  if (actor.kind === 'system') return null;
  const allowed = capabilityRoles[capability];
  if (rolesOf(release, actor).some((role) => allowed.includes(role))) return null;
  return refuse('not-permitted', `You can't ${capabilityWords[capability]} ${release.key}.`, {
    releaseId: release.id,
    who: describeHolders(release, allowed),
  }).refusal;
}

/** Null for tminus itself; what follows from a decision that was taken is for nobody else to do. */
export function checkSystem(actor: Actor, about: { releaseId?: string } = {}): Refusal | null {
  if (actor.kind === 'system') return null;
  return refuse('not-permitted', 'Only tminus itself does this.', about).refusal;
}

/** `Rita Moreno (Release Manager) or Dana Fischer (DevOps Lead)`. */
export function describeHolders(release: Release, roles: readonly RoleName[]): string {
  const holders = release.people.filter(
    (person) => person.position === 'holder' && roles.includes(person.role),
  );
  const names = holders.map(({ name, role }) => `${name} (${roleTitle(role)})`);
  const last = names.pop();
  if (last === undefined) return 'nobody yet';
  return names.length > 0 ? `${names.join(', ')} or ${last}` : last;
}

const capabilityWords: Record<ReleaseCapability, string> = {
  'poll.open': 'open a go/no-go for',
  'poll.close': 'close the go/no-go of',
  'poll.vote': 'vote on',
  'rollout.promote': 'promote',
  'rollout.rollback': 'roll back',
  'delivery.settle': 'settle messages of',
};
