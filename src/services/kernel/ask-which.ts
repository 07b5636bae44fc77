import type { ListedReleases } from '../../db/queries/load-release.ts';
import { type Result, refuse } from './result.ts';

/** So many keys are proposed to someone who has named no release. */
export const maxProposed = 10;

/** Asks for the key when several releases may be meant. */
export function askWhich({ releases, more }: ListedReleases): Result<never> {
  const keys = releases.map((release) => release.key).join(', ');
  const others = more ? ' There are more: see them with /release list.' : '';
  return refuse('ambiguous', `Which release? Say its key: ${keys}.${others}`);
}
