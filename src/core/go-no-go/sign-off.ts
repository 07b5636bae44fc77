import type { RoleName } from '../plan/roles.ts';

/** Who signs a decision off: two people, for the release and for the business (S1, the last lines). */
export const SIGNING_ROLES: readonly RoleName[] = ['release_manager', 'business_sponsor'];

/** Who has signed, for which role. */
export interface SignOff {
  role: RoleName;
  personId: string;
  personName: string;
  /** The holder in whose place a backup signed; null when it is the holder's own. */
  inPlaceOf: string | null;
  /** Epoch ms. */
  at: number;
}

/** For which of their roles somebody still has to sign; none: they have signed, or their second signature is not theirs to give. */
export function roleToSign(
  given: readonly SignOff[],
  { personId, roles }: { personId: string; roles: readonly RoleName[] },
): RoleName | null {
  if (given.some((one) => one.personId === personId)) return null;
  return (
    roles.find((role) => SIGNING_ROLES.includes(role) && !given.some((one) => one.role === role)) ?? null
  );
}

/** Whether both have signed, who are different people. */
export function isSignedOff(given: readonly SignOff[]): boolean {
  const people = new Set(given.map(({ personId }) => personId));
  return SIGNING_ROLES.every((role) => given.some((one) => one.role === role)) && people.size >= 2;
}
