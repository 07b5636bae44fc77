import { type Card, paragraph } from '../../../core/card/card.ts';
import type { Line } from '../../../core/card/line.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { findOpenForm } from '../../../db/queries/open-forms.ts';
import { formKind } from '../../../services/form/form-kind.ts';
import type { LiveCard } from '../live-card.ts';
import { followedOperation, operationEnded } from './operation-ended.ts';
import { whyUntrue } from './why-untrue.ts';

/**
 * A form that somebody has open: it stays as it is while it can be submitted, and gives way to a sentence once it
 * can't. Once it has begun something, it says how that ended. Where it is a message, that is drawn as it was written; in a window of its own there is nothing to draw.
 */
export const liveCard: LiveCard = {
  name: formKind,
  render: async ({ db, card: { subjectId }, now }) => {
    const form = await findOpenForm(db, subjectId);
    const release = form && (await loadRelease(db, { id: form.releaseId }));
    if (!release) return null;
    if (form.name === followedOperation) return operationEnded({ ...form, db, release, now });
    const why = await whyUntrue({ ...form, db, release, now });
    return why === null ? form.message : untrueCard(why);
  },
};

function untrueCard(why: Line): Card {
  return {
    summary: why,
    blocks: [paragraph(why), paragraph('So this form is closed. Nothing entered in it was saved.')],
  };
}
