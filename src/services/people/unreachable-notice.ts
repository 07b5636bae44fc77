import type { Card } from '../../core/card/card.ts';
import { unreachableMessage } from '../../core/messages/unreachable-message.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { whoAnswersFor } from '../kernel/stand-ins.ts';

/** The notice that somebody with a role can't be reached any more, and who stands in. */
export function unreachableNotice(release: Release, { personId, name }: ReleasePerson): Card {
  const held = release.people.filter(
    (person) => person.personId === personId && person.position === 'holder',
  );
  const roles = held.map(({ role }) => {
    const [answering] = whoAnswersFor(release, role);
    return { role, standIn: answering?.position === 'backup' ? answering.name : null };
  });
  return unreachableMessage({ releaseKey: release.key, name, roles });
}
