import type { Form } from '../../core/card/form.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { noteAbsentHolders } from '../../services/absence/note-absent-holders.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { findRelease } from '../../services/release/find-release.ts';
import { mayChangeRelease, type ReleaseChange } from '../../services/release/may-change-release.ts';
import { type Answer, answerForm, answerRefusal } from './interaction.ts';

/** Opens the form of a change for those who may make it. `releaseKey` null: the one release under way. */
export async function openReleaseForm(
  ctx: Ctx,
  input: { releaseKey: string | null; change: ReleaseChange },
  formOf: (release: Release, now: number) => Form,
): Promise<Answer> {
  await noteAbsentHolders(ctx);
  const allowed = await mayChangeRelease({ ctx, input });
  if (!allowed.ok) return answerRefusal(allowed.refusal);
  const found = await findRelease(ctx, allowed.value.releaseKey);
  return found.ok ? answerForm(formOf(found.value, ctx.clock.now())) : answerRefusal(found.refusal);
}
