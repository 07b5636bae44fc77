import { loadRelease } from '../../../db/queries/load-release.ts';
import { loadQuestion } from '../../../db/queries/schedule.ts';
import { overdueKind } from '../../../services/communication/ask-about-overdue.ts';
import type { LiveCard } from '../live-card.ts';
import { overdueCard } from './overdue-card.ts';

/** Asks the release manager about items whose time has passed. Its subject is the question. */
export const liveCard: LiveCard = {
  name: overdueKind,
  render: async ({ db, card }) => {
    const asked = await loadQuestion(db, card.subjectId);
    const [first] = asked;
    const release = first && (await loadRelease(db, { id: first.releaseId }));
    return release ? overdueCard(release, { questionId: card.subjectId, asked }) : null;
  },
};
