import { requestCard } from '../../../core/messages/request-message.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { findRequest } from '../../../db/queries/requests.ts';
import { othersWhoMay, whoMay } from '../../../services/kernel/who-may.ts';
import { secondPersonAct } from '../../../services/rollout/promote-rollout.ts';
import type { LiveCard } from '../live-card.ts';

/** A promotion that takes a second person, in the release's channel. Its subject is the request. */
export const liveCard: LiveCard = {
  name: secondPersonAct.cardKind,
  render: async ({ db, card }) => {
    const request = await findRequest(db, card.subjectId);
    const release = request?.releaseId && (await loadRelease(db, { id: request.releaseId }));
    if (!request || !release) return null;
    const people = whoMay(release, secondPersonAct.decides);
    return requestCard({
      ...request,
      requestId: request.id,
      releaseKey: release.key,
      expiresAt: request.expiresAt.getTime(),
      decidedAt: request.decidedAt?.getTime() ?? null,
      zone: release.plan.goLive.zone,
      people: people.filter(({ personId }) => personId !== request.personId),
      others: othersWhoMay(release, secondPersonAct.decides),
    });
  },
};
