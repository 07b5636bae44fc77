import { type ReleaseCapability, releaseCapabilities } from '../../core/permissions/capabilities.ts';
import { organizationRolesWith, type Permissions } from '../../core/permissions/permissions.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Actor } from './context.ts';
import { OrganizationRolesNeeded } from './organization-roles.ts';
import { type Refusal, refuse } from './result.ts';
import type { Scope } from './scope.ts';
import { inPlaceOf, rolesAnsweredBy } from './stand-ins.ts';
import { describeWhoMay, mayDo, rolesHolding } from './who-may.ts';

/**
 * The same as `checkCapability`. The trail says by which roles the actor may; when it is only as a backup, in whose place.
 */
export function checkRequest(scope: Scope, release: Release, capability: ReleaseCapability): Refusal | null {
  const { actor } = scope.ctx;
  const refusal = checkCapability(release, actor, capability);
  if (refusal || actor.kind !== 'person') return refusal;
  if (!mayDo(release, actor.personId, capability)) {
    const [role] = rolesHeldBy(actor, release.permissions, capability);
    const details = {
      capability,
      role: role?.name ?? null,
      title: role?.title ?? null,
      by: role?.by ?? null,
    };
    if (role) scope.actWith({ to: capability, as: [role.name] });
    scope.audit({ action: 'organization-role.used', releaseId: release.id, details });
    return null;
  }
  const allowed = rolesHolding(release, capability);
  const roles = rolesAnsweredBy(release, actor.personId).filter((role) => allowed.includes(role));
  scope.actWith({ to: capability, as: roles });
  const absent = roles.map((role) => inPlaceOf(release, role, actor.personId));
  const [role] = roles;
  if (role !== undefined && absent.every((name) => name !== null)) {
    const details = { capability, role, inPlaceOf: absent[0] ?? null };
    scope.audit({ action: 'backup.acted', releaseId: release.id, details });
  }
  return null;
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
  if (actor.kind === 'person') {
    if (mayDo(release, actor.personId, capability)) return null;
    if (rolesHeldBy(actor, release.permissions, capability).length > 0) return null;
    const unknown = refuseUnknown(actor, release, capability);
    if (unknown) return unknown;
  }
  const { words } = releaseCapabilities[capability];
  return refuse('not-permitted', `You can't ${words} ${release.key}.`, {
    releaseId: release.id,
    who: describeWhoMay(release, capability),
  }).refusal;
}

type Person = Extract<Actor, { kind: 'person' }>;

/**
 * The roles of the organization by which somebody has a right.
 * @throws OrganizationRolesNeeded when they have not been looked up.
 */
export function rolesHeldBy(actor: Person, permissions: Permissions, capability: ReleaseCapability) {
  const roles = organizationRolesWith(permissions, capability);
  if (roles.length === 0) return [];
  const { organizationRoles } = actor;
  if (!organizationRoles) throw new OrganizationRolesNeeded(permissions);
  return roles.flatMap(({ name, role }) => {
    const held = organizationRoles.held.find((each) => each.name === name);
    return held ? [{ ...held, title: role.title }] : [];
  });
}

/** That nobody could say whether the actor has a right, which is no yes. */
export function refuseUnknown(
  { organizationRoles }: Person,
  { id: releaseId, permissions }: { id?: string; permissions: Permissions },
  capability: ReleaseCapability,
): Refusal | null {
  const names = organizationRolesWith(permissions, capability).map(({ name }) => name);
  const unknown = organizationRoles?.unknown.find(({ name }) => names.includes(name));
  if (!unknown) return null;
  return refuse(
    'unavailable',
    `Nothing was done: ${unknown.message}`,
    releaseId === undefined ? {} : { releaseId },
  ).refusal;
}

/** Null for tminus itself; what follows from a decision that was taken is for nobody else to do. */
export function checkSystem(actor: Actor, about: { releaseId?: string } = {}): Refusal | null {
  if (actor.kind === 'system') return null;
  return refuse('not-permitted', 'Only tminus itself can do this.', about).refusal;
}

/** Null for whoever is at the server's command line, and for tminus itself; for anybody else the command to type there. */
export function checkOperator(actor: Actor, typed: string): Refusal | null {
  if (actor.kind === 'system' || actor.kind === 'operator') return null;
  return refuse('not-permitted', `Only an operator can do this, at the server's command line: ${typed}.`)
    .refusal;
}
