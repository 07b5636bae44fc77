import type { FormValues } from '../../../core/card/form.ts';
import { findProduct } from '../../../core/product-file/product.ts';
import { findLastOfProduct } from '../../../db/queries/load-release.ts';
import { findDraft } from '../../../db/queries/release-drafts.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Draft } from './plan-step.ts';

/** A draft as it is kept, with what was just submitted. It was checked that it is the actor's. */
export async function loadDraft(
  ctx: Ctx,
  { id, submitted }: { id: string; submitted: FormValues },
): Promise<Draft> {
  const kept = await findDraft(ctx.db, { id, wall: ctx.clock.wall() });
  return draftOf(ctx, { id, values: { ...kept?.values, ...submitted } });
}

/** A draft that holds `values`. */
export async function draftOf(ctx: Ctx, { id, values }: { id: string; values: FormValues }): Promise<Draft> {
  const name = values.product?.trim();
  const last = name ? await findLastOfProduct(ctx.db, name) : null;
  return { ctx, id, values, last, product: name ? findProduct(ctx.products, name) : null };
}
