import { eq } from 'drizzle-orm';
import type { Card } from '../../core/card/card.ts';
import { openForms } from '../schema/open-forms.ts';
import { deliveries } from '../schema/outbox.ts';
import type { Queries } from '../transaction.ts';

/** An open form, and the message that holds it; null where it has a window of its own. */
export type FoundForm = typeof openForms.$inferSelect & { message: Card | null };

/** The form that is open under an id; null when it is not watched any more. */
export async function findOpenForm(db: Queries, id: string): Promise<FoundForm | null> {
  const [found] = await db
    .select({ form: openForms, message: deliveries.content })
    .from(openForms)
    .leftJoin(deliveries, eq(deliveries.id, openForms.id))
    .where(eq(openForms.id, id));
  return found ? { ...found.form, message: found.message } : null;
}
