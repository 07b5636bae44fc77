import type { Destination } from '../../core/address/destination.ts';
import type { Form } from '../../core/card/form.ts';
import { cards } from '../../db/schema/outbox.ts';
import type { Scope } from '../kernel/scope.ts';
import { formKind } from './form-kind.ts';
import { keepOpenForm } from './keep-open-form.ts';

/**
 * Makes the message that holds a form a live card of the form's release. `id` is the delivery's. Returns the card's id;
 * null: the form is about no release.
 */
export async function watchMessage(
  scope: Scope,
  { id: subjectId, form, destination }: { id: string; form: Form; destination: Destination },
): Promise<string | null> {
  const releaseId = await keepOpenForm(scope, subjectId, form);
  if (releaseId === null) return null;
  const id = scope.ctx.newId();
  await scope.tx.insert(cards).values({ id, releaseId, kind: formKind, subjectId, destination });
  return id;
}
