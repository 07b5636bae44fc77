import { encodeDestination } from '../../../core/address/destination.ts';
import { freezeRequestCard } from '../../../core/messages/freeze-message.ts';
import { toFreezeRequest } from '../../../db/queries/freezes.ts';
import { listUnderWay } from '../../../db/queries/load-release.ts';
import { findRequest } from '../../../db/queries/requests.ts';
import type { Queries } from '../../../db/transaction.ts';
import { secondPersonFreeze } from '../../../services/freeze/second-person-freeze.ts';
import { eachOnce } from '../../../services/kernel/stand-ins.ts';
import { othersWhoMay, whoMay } from '../../../services/kernel/who-may.ts';
import { destinationsFor } from '../../../services/release/destinations-for.ts';
import type { LiveCard, LiveCardRow } from '../live-card.ts';

/** A freeze of everything that somebody asks for, in the channel of releases that it concerns. Its subject is the request. */
export const liveCard: LiveCard = {
  name: secondPersonFreeze.cardKind,
  render: async ({ db, card }) => {
    const request = await findRequest(db, card.subjectId);
    if (!request) return null;
    const { id, personId, personName, until, ...asked } = toFreezeRequest(request);
    const here = request.state === 'open' ? await releasesAt(db, card) : [];
    const people = eachOnce(here.flatMap((release) => whoMay(release, secondPersonFreeze.name)));
    return freezeRequestCard({
      ...asked,
      ...{ requestId: id, by: personName, until: until.getTime() },
      ...{ expiresAt: asked.expiresAt.getTime(), decidedAt: asked.decidedAt?.getTime() ?? null },
      people: people.filter((person) => person.personId !== personId),
      others: here.slice(0, 1).flatMap((release) => othersWhoMay(release, secondPersonFreeze.name)),
    });
  },
};

/** The releases under way whose channel it is. */
async function releasesAt(db: Queries, { destination }: Pick<LiveCardRow, 'destination'>) {
  const place = encodeDestination(destination);
  return (await listUnderWay(db)).filter((release) =>
    destinationsFor(release, 'release').some((each) => encodeDestination(each) === place),
  );
}
