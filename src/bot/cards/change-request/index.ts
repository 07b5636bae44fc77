import { toChangeRequest } from '../../../db/queries/changes.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { findRequest } from '../../../db/queries/requests.ts';
import type { LiveCard } from '../live-card.ts';
import { changeRequestCard } from './change-request-card.ts';

/** A late change in the release's channel. Its subject is the request. */
export const liveCard: LiveCard = {
  name: 'change-request',
  render: async ({ db, card }) => {
    const request = await findRequest(db, card.subjectId);
    const release = request?.releaseId && (await loadRelease(db, { id: request.releaseId }));
    return request && release ? changeRequestCard(release, toChangeRequest(request)) : null;
  },
};
