import { findDraft } from '../../../db/queries/drafts.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { personAt } from '../../../services/kernel/person-destination.ts';
import type { LiveCard } from '../live-card.ts';
import { draftCard } from './draft-card.ts';

/** A message that customers read, in the direct messages of somebody who may approve it. Its subject is the draft. */
export const liveCard: LiveCard = {
  name: 'draft',
  render: async ({ db, card }) => {
    const draft = await findDraft(db, card.subjectId);
    const release = draft && (await loadRelease(db, { id: draft.releaseId }));
    if (!release) return null;
    return draftCard(release, draft, personAt(release, card.destination)?.personId ?? null);
  },
};
