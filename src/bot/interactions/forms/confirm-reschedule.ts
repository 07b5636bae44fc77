import * as z from 'zod';
import type { FormOutcome } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import type { Refusal } from '../../../services/kernel/result.ts';
import { forecastMove } from '../../../services/lifecycle/forecast-move.ts';
import { loadNewPlan } from '../../../services/lifecycle/new-plan.ts';
import { prepareReschedule, rescheduleRelease } from '../../../services/lifecycle/reschedule-release.ts';
import { refusalCard } from '../../cards/answers/refusal-card.ts';
import { notDoneOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { movedOutcome } from '../moved-outcome.ts';
import { confirmRescheduleForm, nothingMoved, rescheduleReleaseForm } from '../reschedule-forms.ts';
import { releaseMetadata } from '../values.ts';

const metadata = releaseMetadata.extend({
  date: z.string(),
  time: z.string(),
  from: z.coerce.number(),
  seen: z.string(),
  planId: z.string().optional(),
});
type Confirmed = z.infer<typeof metadata>;

export const form = defineForm({
  name: 'confirm-reschedule',
  metadata,
  run: async ({ ctx, values, metadata: confirmed, back }) => {
    if (back) return chooseAgain(ctx, confirmed, []);
    const reason = values.reason ?? '';
    const result = await rescheduleRelease({ ctx, input: { ...confirmed, reason } });
    if (result.ok) return movedOutcome(ctx, result.value);
    if (result.refusal.code === 'conflict') return showAnew(ctx, confirmed, { reason, why: result.refusal });
    return result.refusal.field === 'date' && confirmed.planId === undefined
      ? chooseAgain(ctx, confirmed, [result.refusal.message])
      : refusedOutcome(result.refusal, 'reason');
  },
});

/** Something has changed since it was shown: it says so, and shows what the same move does now. */
async function showAnew(
  ctx: Ctx,
  { releaseKey, date, time, planId }: Confirmed,
  { reason, why }: { reason: string; why: Refusal },
): Promise<FormOutcome> {
  const kept = planId === undefined ? null : await loadNewPlan(ctx, planId);
  if (kept && !kept.ok) return notDoneOutcome(refusalCard(kept.refusal));
  const input = { releaseKey, date, time, from: null, ...(kept && { newPlan: kept.value }) };
  const forecast = await forecastMove({ ctx, input });
  if (!forecast.ok) return notDoneOutcome(refusalCard(why));
  const next = await confirmRescheduleForm(ctx, forecast.value, {
    reason,
    notices: [line`⚠️ ${why.message}`],
  });
  return { kind: 'next', form: next, late: refusalCard(why) };
}

/** Back to date and time, with what was chosen. */
async function chooseAgain(
  ctx: Ctx,
  { releaseKey, date, time }: Confirmed,
  notices: readonly Line[],
): Promise<FormOutcome> {
  const prepared = await prepareReschedule({ ctx, input: { releaseKey } });
  if (!prepared.ok) return notDoneOutcome(refusalCard(prepared.refusal));
  return {
    kind: 'next',
    form: rescheduleReleaseForm(prepared.value, { chosen: { date, time }, notices }),
    late: nothingMoved(releaseKey),
  };
}
