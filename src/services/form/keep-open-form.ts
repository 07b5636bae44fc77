import type { FormMetadata } from '../../core/card/form.ts';
import { openForms } from '../../db/schema/open-forms.ts';
import type { Scope } from '../kernel/scope.ts';
import { releaseOfForm } from './release-of-form.ts';

/** A form as it was opened. */
export interface OpenedForm {
  name: string;
  metadata?: FormMetadata | undefined;
}

/** Keeps which form is open under an id. Returns the release that it is about; null: about none, and it is not kept. */
export async function keepOpenForm(
  { tx, ctx }: Scope,
  id: string,
  { name, metadata = {} }: OpenedForm,
): Promise<string | null> {
  const release = await releaseOfForm(tx, metadata);
  if (!release) return null;
  const openedAt = new Date(ctx.clock.wall());
  await tx.insert(openForms).values({ id, releaseId: release.id, name, metadata, openedAt });
  return release.id;
}
