import { requestCard } from '../../../core/messages/request-message.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { findRequest } from '../../../db/queries/requests.ts';
import { requestCardKind } from '../../../services/kernel/require-second-person.ts';
import { whoMay } from '../../../services/kernel/who-may.ts';
import { findAct } from '../../../services/requests/acts.ts';
import type { LiveCard } from '../live-card.ts';

/** Something that takes a second person, in the release's channel. Its subject is the request. */
export const liveCard: LiveCard = {
  name: requestCardKind,
  render: async ({ db, card }) => {
    const request = await findRequest(db, card.subjectId);
    const release = request && (await loadRelease(db, { id: request.releaseId }));
    if (!request || !release) return null;
    const people = whoMay(release, findAct(request.act).decides);
    return requestCard({
      ...request,
      requestId: request.id,
      releaseKey: release.key,
      expiresAt: request.expiresAt.getTime(),
      decidedAt: request.decidedAt?.getTime() ?? null,
      zone: release.plan.goLive.zone,
      people: people.filter(({ personId }) => personId !== request.personId),
    });
  },
};
