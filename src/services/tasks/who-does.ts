import type { Line } from '../../core/card/line.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import type { Task } from '../../db/queries/tasks.ts';
import { listWords } from '../../lib/list-words.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { checkCapability } from '../kernel/permissions.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { eachOnce, inPlaceOf, whoAnswersFor } from '../kernel/stand-ins.ts';

type Owned = Pick<Task, 'owner'>;

/** Who may change a task: the holders of its role, their backups, the release manager; each once. */
export function doersOf({ people }: Pick<Release, 'people'>, { owner }: Owned): ReleasePerson[] {
  const inRole = people.filter(({ role }) => role === owner);
  const inOrder = [...inRole].sort((one, other) => rank(one) - rank(other));
  const managers = whoAnswersFor({ people }, 'release_manager');
  return eachOnce([...inOrder, ...managers].reverse()).reverse();
}

function rank({ position }: ReleasePerson): number {
  return position === 'holder' ? 0 : 1;
}

export function mayChangeTask(
  release: Pick<Release, 'people'>,
  task: Owned,
  personId: string | null,
): boolean {
  return doersOf(release, task).some((person) => person.personId === personId);
}

/** `Priya Raman (Product Owner)`; those to whom a task falls first. */
export function describeDoers(release: Release, task: Owned): Line {
  const able = doersOf(release, task).filter(({ isReachable }) => isReachable);
  if (able.length === 0) return describeHolders(release, [task.owner, 'release_manager']);
  return listWords(able.map(withRole), 'or');
}

function withRole({ name, role, position }: ReleasePerson): string {
  return position === 'backup' ? `${name} (backup, ${roleTitle(role)})` : `${name} (${roleTitle(role)})`;
}

/**
 * Null when the actor may; else the refusal, with the names of those who can. When it is only in somebody's place that
 * they may, the trail says in whose.
 */
export function checkTaskRight(scope: Scope, release: Release, task: Owned): Refusal | null {
  const { actor } = scope.ctx;
  const capability = 'task.change';
  if (actor.kind !== 'person' || !mayChangeTask(release, task, actor.personId)) {
    const refusal = checkCapability(release, { kind: 'operator', name: actor.name }, capability);
    return refusal && { ...refusal, who: describeDoers(release, task) };
  }
  const isInRole = release.people.some((one) => one.role === task.owner && one.personId === actor.personId);
  scope.actWith({ to: capability, as: [isInRole ? task.owner : 'release_manager'] });
  const absent = placeTaken(release, task.owner, actor.personId);
  if (absent !== null) {
    const details = { capability, role: task.owner, inPlaceOf: absent };
    scope.audit({ action: 'backup.acted', releaseId: release.id, details });
  }
  return null;
}

/** The holder in whose place somebody acts; null when it is in their own right. */
function placeTaken(release: Release, role: RoleName, personId: string): string | null {
  const isManager = whoAnswersFor(release, 'release_manager').some((one) => one.personId === personId);
  return isManager ? null : inPlaceOf(release, role, personId);
}
