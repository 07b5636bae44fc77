import type { Permissions } from '../../core/permissions/permissions.ts';

/** A right depends on roles of the organization, which only the platforms know; they are asked without a transaction. */
export class OrganizationRolesNeeded extends Error {
  override name = 'OrganizationRolesNeeded';
  readonly permissions: Permissions;

  constructor(permissions: Permissions) {
    super('the roles that the actor holds in the organization have to be looked up');
    this.permissions = permissions;
  }
}
