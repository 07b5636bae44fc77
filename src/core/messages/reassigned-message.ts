import { listWords } from '../../lib/list-words.ts';
import { type Card, command, note, paragraph } from '../card/card.ts';
import { line } from '../card/line.ts';
import type { Identity } from '../people/identity.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** Tells a release's channel, and the two people, that roles have changed hands. */
export function reassignedMessage(facts: {
  releaseKey: string;
  roles: readonly RoleName[];
  /** Null: nobody had it. */
  from: string | null;
  to: { name: string; identities: readonly Identity[] };
  by: string;
}): Card {
  const { releaseKey, roles, from, to, by } = facts;
  const title = listWords(roles.map(roleTitle));
  const summary = `${releaseKey}: ${to.name} is now ${title}`;
  const { name, identities } = to;
  const instead = from === null ? '' : `, in place of ${from}`;
  return {
    summary,
    blocks: [
      paragraph(
        line`${releaseKey}: ${{ type: 'person', name, mention: true, identities }} is now ${title}${instead}. Changed by ${by}.`,
      ),
      note(
        line`Open votes and whatever else is waiting for ${roles.length === 1 ? 'this role' : 'these roles'} now go to them. See ${command('release', `show ${releaseKey}`)}.`,
      ),
    ],
  };
}
