import type { Line } from '../../core/card/line.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { type Draft, standingOf } from '../../db/queries/drafts.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { listWords } from '../../lib/list-words.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { checkCapability } from '../kernel/permissions.ts';
import { type Refusal, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, inPlaceOf, whoAnswersFor } from '../kernel/stand-ins.ts';
import { reachable } from '../kernel/who-may.ts';

type Item = Pick<ScheduleItem, 'owner'>;

/** What may be done with a draft. */
export type DraftCapability = Extract<ReleaseCapability, `draft.${string}`>;

/** Whose message it is; one that a plan added is nobody's in particular, so it is the release manager's. */
export function ownerRole({ owner }: Item): RoleName {
  return owner ?? 'release_manager';
}

/** Who is asked to approve a message: whoever answers for its role, or the release manager while nobody there can be reached. */
export function ownersOf(release: Release, item: Item): ReleasePerson[] {
  const owners = reachable(release, [ownerRole(item)]);
  return owners.length > 0 ? owners : reachable(release, ['release_manager']);
}

/** The backups of its role who are not asked as its owners already. */
export function backupsOf(release: Release, item: Item): ReleasePerson[] {
  const owners = ownersOf(release, item);
  return release.people.filter(
    ({ role, position, isReachable, personId }) =>
      role === ownerRole(item) &&
      position === 'backup' &&
      isReachable &&
      !owners.some((owner) => owner.personId === personId),
  );
}

/** Who may edit, approve and hold a message: the holders of its role, their backups, the release manager. */
export function decidersOf(release: Release, item: Item): ReleasePerson[] {
  const ofRole = release.people.filter(({ role }) => role === ownerRole(item));
  const inOrder = [...ofRole].sort((one, other) => rank(one) - rank(other));
  return eachOnce([...inOrder, ...whoAnswersFor(release, 'release_manager')].reverse()).reverse();
}

function rank({ position }: ReleasePerson): number {
  return position === 'holder' ? 0 : 1;
}

/** Whether somebody is asked now for what has not been approved: an owner, a backup once they were asked, too. */
export function waitsFor(release: Release, draft: Draft, personId: string): boolean {
  const standing = standingOf(draft, release);
  if (draft.askedAt === null || draft.proposal.usual === null) return false;
  if (standing !== 'waiting' && standing !== 'late') return false;
  const asked = [
    ...ownersOf(release, draft.item),
    ...(draft.escalatedAt === null ? [] : backupsOf(release, draft.item)),
  ];
  return asked.some((person) => person.personId === personId);
}

export function mayDecide(release: Release, item: Item, personId: string | null): boolean {
  return decidersOf(release, item).some((person) => person.personId === personId);
}

/**
 * Null when the actor may; else the refusal, with the names of those who can. When it is only as a backup that they
 * may, the trail says in whose place.
 */
export function checkDecision(
  scope: Scope,
  release: Release,
  { item, capability }: { item: Item; capability: DraftCapability },
): Refusal | null {
  const { actor } = scope.ctx;
  if (actor.kind !== 'person' || !mayDecide(release, item, actor.personId)) {
    const who = describeDeciders(release, item);
    const refusal = checkCapability(release, { kind: 'operator', name: actor.name }, capability);
    return refusal && { ...refusal, who };
  }
  scope.actWith({ to: capability, as: [rightOf(release, item, actor.personId)] });
  const asBackup = placeTaken(release, item, actor.personId);
  if (asBackup !== null) {
    const details = { capability, role: ownerRole(item), inPlaceOf: asBackup };
    scope.audit({ action: 'backup.acted', releaseId: release.id, details });
  }
  return null;
}

/** The role by which somebody decides: the message's own, else the release manager's. */
function rightOf(release: Release, item: Item, personId: string): RoleName {
  const role = ownerRole(item);
  const isInRole = release.people.some((one) => one.role === role && one.personId === personId);
  return isInRole ? role : 'release_manager';
}

/** The holder in whose place somebody decides; null when it is in their own right. */
export function placeTaken(release: Release, item: Item, personId: string): string | null {
  const role = ownerRole(item);
  const isManager = whoAnswersFor(release, 'release_manager').some((one) => one.personId === personId);
  const isInRole = release.people.some((one) => one.role === role && one.personId === personId);
  return isManager || !isInRole ? null : inPlaceOf(release, role, personId);
}

/** `Priya Raman (Product Owner), Bo Lind (backup, Product Owner) or Rita Moreno (Release Manager)`. */
export function describeDeciders(release: Release, item: Item): Line {
  const able = decidersOf(release, item).filter(({ isReachable }) => isReachable);
  if (able.length === 0) return describeHolders(release, [ownerRole(item), 'release_manager']);
  const named = able.map(({ name, role, position }) =>
    position === 'backup' ? `${name} (backup, ${roleTitle(role)})` : `${name} (${roleTitle(role)})`,
  );
  return listWords(named, 'or');
}

/** A draft that is not there. */
export function refuseUnknownDraft(): { ok: false; refusal: Refusal } {
  return refuse('not-found', 'There is no such draft.');
}
