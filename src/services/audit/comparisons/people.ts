import { listOf, textOf } from '../../../core/audit/read-details.ts';
import { loadRoleHolders } from '../../../db/queries/role-holders.ts';
import type { TrailComparison } from './comparison.ts';

/** Who has which role, by the person: whoever changes that gets rights. Events of older versions do not say it. */
export const peopleComparison: TrailComparison = {
  what: 'who has a role',
  apply: (things, { action, details }) => {
    const id = 'in it';
    if (action === 'release.created' || action === 'release.edited' || action === 'role.reassigned') {
      things.set(id, { people: details.people === undefined ? undefined : listOf(details.people) });
      return [id];
    }
    const known = things.get(id)?.people;
    const [from, into] = [textOf(details.from), textOf(details.into)];
    if (action !== 'account.connected' || !known || from === undefined || into === undefined) return [];
    const merged = listOf(known).map((one) => one.replace(from, into));
    things.set(id, { people: [...new Set(merged)].sort() });
    return [id];
  },
  rows: async (db, releaseId) => new Map([['in it', { people: await loadRoleHolders(db, releaseId) }]]),
};
