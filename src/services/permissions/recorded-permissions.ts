import type { Permissions } from '../../core/permissions/permissions.ts';

/** Rights as the trail keeps them. */
export function recordedPermissions({ capabilities, roles, secondPerson }: Permissions) {
  return {
    secondPerson,
    capabilities: Object.fromEntries(
      Object.entries(capabilities).map(([name, held]) => [name, held && [...held]]),
    ),
    roles: Object.fromEntries(
      Object.entries(roles).map(([name, { title, people, groups }]) => [
        name,
        { title, people: people.map((person) => ({ ...person })), groups: [...groups] },
      ]),
    ),
  };
}
