import { findDrafts } from '../../../db/queries/drafts.ts';
import { findOpenBallots } from '../../../db/queries/home.ts';
import { loadReleases, type Release } from '../../../db/queries/load-release.ts';
import { findRemindedReleases, findTaskMessage, findTasksById } from '../../../db/queries/tasks.ts';
import type { Queries } from '../../../db/transaction.ts';
import { waitsFor } from '../../../services/approval/who-decides.ts';
import { taskMessageKind } from '../../../services/tasks/task-message-kind.ts';
import type { LiveCard } from '../live-card.ts';
import { taskMessageCard, type WaitingElsewhere } from './task-message-card.ts';

/** What somebody was told of their tasks at one time, with each task as it is now. Its subject is that message. */
export const liveCard: LiveCard = {
  name: taskMessageKind,
  render: async ({ db, card, now }) => {
    const message = await findTaskMessage(db, card.subjectId);
    if (!message) return null;
    const { waiting, today, week } = message.agenda;
    const tasks = await findTasksById(db, [...waiting, ...today, ...week]);
    const releases = await loadReleases(db, [...new Set(tasks.map(({ releaseId }) => releaseId))]);
    const elsewhere =
      message.kind === 'digest' ? await loadElsewhere(db, { personId: message.personId, now }) : none;
    return taskMessageCard({ message, releases, tasks, elsewhere, now });
  },
};

const none: WaitingElsewhere = { ballots: [], drafts: [] };

/** What else waits for somebody: votes and messages for customers, which have cards of their own. */
async function loadElsewhere(
  db: Queries,
  { personId, now }: { personId: string; now: number },
): Promise<WaitingElsewhere> {
  const ids = await findRemindedReleases(db, { personId, now });
  const [ballots, releases, drafts] = await Promise.all([
    findOpenBallots(db, personId),
    loadReleases(db, ids),
    findDrafts(db, ids),
  ]);
  const releaseOf = (id: string): Release | undefined => releases.find((release) => release.id === id);
  return {
    ballots,
    drafts: drafts.flatMap((draft) => {
      const release = releaseOf(draft.releaseId);
      return release && waitsFor(release, draft, personId) ? [{ release, draft }] : [];
    }),
  };
}
