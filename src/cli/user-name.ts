import { userInfo } from 'node:os';

/** Whoever is at the command line, for the audit trail. A container's user may have no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}
