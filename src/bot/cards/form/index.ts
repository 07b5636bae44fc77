import { eq } from 'drizzle-orm';
import { type Card, paragraph } from '../../../core/card/card.ts';
import type { Line } from '../../../core/card/line.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { openForms } from '../../../db/schema/open-forms.ts';
import { deliveries } from '../../../db/schema/outbox.ts';
import type { Queries } from '../../../db/transaction.ts';
import { formKind } from '../../../services/form/form-kind.ts';
import type { LiveCard } from '../live-card.ts';
import { whyUntrue } from './why-untrue.ts';

/**
 * A form that somebody has open: it stays as it is while it can be submitted, and gives way to a sentence once it
 * can't. Where it is a message, that is drawn as it was written.
 */
export const liveCard: LiveCard = {
  name: formKind,
  render: async ({ db, card: { subjectId: id }, now }) => {
    const [form] = await db.select().from(openForms).where(eq(openForms.id, id));
    const release = form && (await loadRelease(db, { id: form.releaseId }));
    if (!release) return null;
    const why = await whyUntrue({ ...form, db, release, now });
    return why === null ? messageOf(db, id) : untrueCard(why);
  },
};

function untrueCard(why: Line): Card {
  return {
    summary: why,
    blocks: [paragraph(why), paragraph('So this form is closed. Nothing entered in it was saved.')],
  };
}

/** The message that holds the form; null where it has a window of its own, which shows it already. */
async function messageOf(db: Queries, deliveryId: string): Promise<Card | null> {
  const { id, content } = deliveries;
  const [message] = await db.select({ content }).from(deliveries).where(eq(id, deliveryId));
  return message?.content ?? null;
}
