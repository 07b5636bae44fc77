import type { RoleName } from '../plan/roles.ts';
import { type CapabilityDefinition, type ReleaseCapability, releaseCapabilities } from './capabilities.ts';

/** Who holds a role in every release, without being named by its plan. */
export interface OrganizationRole {
  /** What people call it: `Site Reliability`. */
  title: string;
  people: readonly { name: string; email: string }[];
  /** Groups of a chat platform, as they are written there: `@sre`, `teams:Web Platform`. */
  groups: readonly string[];
}

/** What an organization says of rights in its configuration. What it leaves out is as the product has it. */
export interface Permissions {
  /** The roles that hold a capability, instead of the default ones; none: nobody does. */
  capabilities: { readonly [Capability in ReleaseCapability]?: readonly string[] | undefined };
  /** By name: one of a release's roles, whose rights it then has everywhere, or a name of its own. */
  roles: Readonly<Record<string, OrganizationRole>>;
  /** When a promotion takes a second person: see `promotionNeedsSecondPerson`. */
  secondPerson: SecondPersonPolicy;
}

export const secondPersonPolicies = ['by-risk', 'always', 'by-plan'] as const;
export type SecondPersonPolicy = (typeof secondPersonPolicies)[number];

export const defaultPermissions: Permissions = { capabilities: {}, roles: {}, secondPerson: 'by-risk' };

/** These follow from what somebody is asked for in a release, and nobody else can be given them. */
const fixed: readonly ReleaseCapability[] = [
  'poll.vote',
  'draft.edit',
  'draft.approve',
  'draft.hold',
  'task.change',
  'release.hand-over',
  'release.sign-off',
];

/** The capabilities that an organization may give to other roles. */
export const configurableCapabilities = (Object.keys(releaseCapabilities) as ReleaseCapability[]).filter(
  (capability) => !fixed.includes(capability),
);

/** The roles that hold a capability, by their names. `inAbsence`: those that do, too, while nobody of these can be reached. */
export function rolesWith(
  permissions: Permissions,
  capability: ReleaseCapability,
): { roles: readonly string[]; inAbsence: readonly RoleName[] } {
  const { roles, inAbsence = [] }: CapabilityDefinition = releaseCapabilities[capability];
  const configured = permissions.capabilities[capability];
  return configured === undefined ? { roles, inAbsence } : { roles: configured, inAbsence: [] };
}

/** The roles of the organization that hold a capability in every release. */
export function organizationRolesWith(
  permissions: Permissions,
  capability: ReleaseCapability,
): { name: string; role: OrganizationRole }[] {
  if (fixed.includes(capability)) return [];
  return rolesWith(permissions, capability).roles.flatMap((name) => {
    const role = permissions.roles[name];
    return role ? [{ name, role }] : [];
  });
}

/** Each who holds some role of the organization, in words: `Ana Lind (SRE)`, `anybody in @sre (SRE)`. */
export function describeOrganizationRoles(roles: readonly { role: OrganizationRole }[]): string[] {
  return roles.flatMap(({ role: { title, people, groups } }) => [
    ...people.map(({ name }) => `${name} (${title})`),
    ...groups.map((group) => `anybody in ${group} (${title})`),
  ]);
}
