import type { Form } from '../../core/card/form.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { noteAbsentHolders } from '../../services/absence/note-absent-holders.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { checkGateRight } from '../../services/readiness/check-gate-right.ts';
import { loadGates, type StandingGate } from '../../services/readiness/load-gates.ts';
import { findRelease } from '../../services/release/find-release.ts';
import { type Answer, answerForm, answerRefusal } from './interaction.ts';

/** Opens a form about the gates of a release for those who may. */
export async function openGateForm(
  ctx: Ctx,
  input: { releaseKey: string; capability: 'gate.report' | 'gate.waive' },
  formOf: (release: Release, gates: readonly StandingGate[], now: number) => Form,
): Promise<Answer> {
  await noteAbsentHolders(ctx);
  const allowed = await checkGateRight({ ctx, input });
  if (!allowed.ok) return answerRefusal(allowed.refusal);
  const found = await findRelease(ctx, input.releaseKey);
  if (!found.ok) return answerRefusal(found.refusal);
  const now = ctx.clock.now();
  return answerForm(formOf(found.value, await loadGates(ctx.db, found.value, now), now));
}

/** So many a platform lets somebody choose from. */
const maxOptions = 100;

/** A choice among gates. */
export function gateInput(gates: readonly StandingGate[]): Form['body'][number] {
  const options = gates
    .slice(0, maxOptions)
    .map(({ gate }) => ({ value: gate.key, label: gate.title.slice(0, 75) }));
  return { type: 'input', kind: 'select', name: 'gate', label: 'Gate', options };
}
