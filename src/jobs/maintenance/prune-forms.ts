import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { openForms } from '../../db/schema/open-forms.ts';
import { cards, paces } from '../../db/schema/outbox.ts';
import { formKind } from '../../services/form/form-kind.ts';
import type { JobServices } from '../job-services.ts';

/** How long an open form is watched. Milliseconds. */
const watchedMs = 24 * 3_600_000;

/** Forgets forms that were opened a day ago; should one still be open, what is untrue is said when it is submitted. */
export async function pruneForms({ db, clock }: Pick<JobServices, 'db' | 'clock'>): Promise<void> {
  const old = lt(openForms.openedAt, new Date(clock.wall() - watchedMs));
  const ids = db
    .select({ id: sql`${openForms.id}::text` })
    .from(openForms)
    .where(old);
  const ended = await db
    .delete(cards)
    .where(and(eq(cards.kind, formKind), inArray(cards.subjectId, ids)))
    .returning({ destination: cards.destination });
  const windows = ended.map(({ destination }) => destination).filter(({ kind }) => kind === 'form');
  if (windows.length > 0) await db.delete(paces).where(inArray(paces.destination, windows));
  await db.delete(openForms).where(old);
}
