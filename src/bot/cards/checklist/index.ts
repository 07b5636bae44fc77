import { readChecklistSubject } from '../../../core/readiness/checklists/checklist-subject.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { loadChecklists } from '../../../services/readiness/load-checklists.ts';
import type { LiveCard } from '../live-card.ts';
import { checklistCard } from './checklist-card.ts';

/** A checklist in the release's channel. Its subject is the release and the checklist's key. */
export const liveCard: LiveCard = {
  name: 'checklist',
  render: async ({ db, card, now }) => {
    const subject = readChecklistSubject(card.subjectId);
    const release = subject && (await loadRelease(db, { id: subject.releaseId }));
    if (!subject || !release) return null;
    const list = (await loadChecklists(db, release)).find(({ key }) => key === subject.checklist);
    return list ? checklistCard(release, list, now) : null;
  },
};
