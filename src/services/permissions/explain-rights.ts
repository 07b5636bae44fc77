import type { Line } from '../../core/card/line.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import { capabilityTitles } from '../../core/permissions/capability-titles.ts';
import { organizationRolesWith } from '../../core/permissions/permissions.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { listWords } from '../../lib/list-words.ts';
import type { HeldRoles } from '../kernel/context.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { inPlaceOf, rolesAnsweredBy } from '../kernel/stand-ins.ts';
import { describeWhoMay, rolesHolding } from '../kernel/who-may.ts';

/** Whose rights are asked about. */
export interface Subject {
  name: string;
  /** Null: tminus has never seen them. */
  personId: string | null;
  isCreator: boolean;
  organizationRoles: HeldRoles;
}

/** What somebody may do in a release, or may not, and why. */
export interface ExplainedRight {
  capability: ReleaseCapability;
  may: 'yes' | 'no' | 'unknown';
  /** By which role; or why not. Continues a sentence after a colon. */
  why: string;
  /** Who may, where they may not. */
  who: Line | null;
}

/** Every capability, in the order in which they are listed. */
export function explainRights(release: Release, subject: Subject): ExplainedRight[] {
  const capabilities = Object.keys(capabilityTitles) as ReleaseCapability[];
  return capabilities.map((capability) => explain(release, subject, capability));
}

function explain(release: Release, subject: Subject, capability: ReleaseCapability): ExplainedRight {
  const why = reasonFor(release, subject, capability);
  if (why !== null) return { capability, may: 'yes', why, who: null };
  const names = organizationRolesWith(release.permissions, capability).map(({ name }) => name);
  const unknown = subject.organizationRoles.unknown.find(({ name }) => names.includes(name));
  if (unknown) return { capability, may: 'unknown', why: unknown.message, who: null };
  return {
    capability,
    may: 'no',
    why: reasonAgainst(release, subject, capability),
    who: whoElse(release, capability),
  };
}

/** What only a role in the release gives, to planners as well. */
const ofTheirRole: readonly ReleaseCapability[] = ['release.hand-over', 'release.sign-off'];

/** By what they have a right; null: they don't. */
function reasonFor(release: Release, subject: Subject, capability: ReleaseCapability): string | null {
  const allowed = rolesFor(release, capability);
  const own = rolesAnsweredBy(release, subject.personId).filter((role) => allowed.includes(role));
  if (own.length > 0) return `as ${listWords(own.map((role) => inRole(release, role, subject)))}`;
  const everywhere = organizationRolesWith(release.permissions, capability).flatMap(({ name, role }) => {
    const held = subject.organizationRoles.held.find((each) => each.name === name);
    return held ? [`${role.title} in every release, by ${held.by}`] : [];
  });
  if (everywhere.length > 0) return `as ${listWords(everywhere)}`;
  const isCreators = capability.startsWith('release.') && !ofTheirRole.includes(capability);
  return (isCreators || capability === 'freeze.now') && subject.isCreator
    ? 'because they may plan releases'
    : null;
}

function inRole(release: Release, role: RoleName, { personId }: Subject): string {
  const absent = personId === null ? null : inPlaceOf(release, role, personId);
  return absent === null ? roleTitle(role) : `${roleTitle(role)} in place of ${absent}`;
}

/** Why they may not: they only stand in, or have no role with the right. */
function reasonAgainst(release: Release, { personId }: Subject, capability: ReleaseCapability): string {
  const allowed = rolesFor(release, capability);
  const standsIn = release.people.filter(
    (person) => person.personId === personId && person.position === 'backup' && allowed.includes(person.role),
  );
  const [first] = standsIn;
  if (!first || personId === null) return '';
  return `only while ${inPlaceOf(release, first.role, personId)} (${roleTitle(first.role)}) can't be reached`;
}

function whoElse(release: Release, capability: ReleaseCapability): Line {
  if (capability === 'poll.vote') return describeHolders(release, release.plan.goNoGo.roles);
  if (capability === 'release.hand-over') return 'whoever has a role';
  if (capability.startsWith('draft.') || capability === 'task.change')
    return 'whoever has the role that it falls to';
  return describeWhoMay(release, capability);
}

function rolesFor(release: Release, capability: ReleaseCapability): readonly RoleName[] {
  return capability === 'poll.vote' ? release.plan.goNoGo.roles : rolesHolding(release, capability);
}
