import type { FormMetadata } from '../../core/card/form.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { openForms } from '../../db/schema/open-forms.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Scope } from '../kernel/scope.ts';

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
  const releaseId = await releaseOf(tx, metadata);
  if (releaseId === null) return null;
  const openedAt = new Date(ctx.clock.wall());
  await tx.insert(openForms).values({ id, releaseId, name, metadata, openedAt });
  return releaseId;
}

async function releaseOf(tx: Transaction, { releaseKey, pollId }: FormMetadata): Promise<string | null> {
  const release =
    (releaseKey && (await loadRelease(tx, { key: releaseKey }))) ||
    (pollId && (await loadRelease(tx, { pollId })));
  return release ? release.id : null;
}
