import { localDate } from '../../../core/calendar/working-days.ts';
import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { noteAbsentHolders } from '../../../services/absence/note-absent-holders.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { forecastMove } from '../../../services/lifecycle/forecast-move.ts';
import { prepareReschedule, rescheduleRelease } from '../../../services/lifecycle/reschedule-release.ts';
import {
  type Answer,
  answerCard,
  answerForm,
  answerRefusal,
  answerSentence,
  type Subcommand,
} from '../interaction.ts';
import { movedOutcome } from '../moved-outcome.ts';
import { confirmRescheduleForm, rescheduleReleaseForm } from '../reschedule-forms.ts';
import { type ParsedReschedule, parseReschedule } from '../words/parse-reschedule.ts';

export const subcommand: Subcommand = {
  name: 'reschedule',
  usage: '[release] [to date at time "reason"] [--yes]',
  help: 'move go-live to another date or time, before the rollout, after you have seen what moves and who is told; --yes skips that',
  position: 630,
  run: async ({ ctx, words }) => {
    await noteAbsentHolders(ctx);
    const parsed = parseReschedule(words, localDate(ctx.clock.now(), ctx.defaultZone));
    if (!parsed.ok) return answerSentence(line`${parsed.message} For example: ${example}.`);
    const { releaseKey, date, time } = parsed;
    if (date === null && time === null) {
      const prepared = await prepareReschedule({ ctx, input: { releaseKey } });
      return prepared.ok
        ? answerForm(rescheduleReleaseForm(prepared.value))
        : answerRefusal(prepared.refusal);
    }
    return moveTo(ctx, parsed);
  },
};

const example = command('release', 'reschedule web-2.5.0 to 25 June at 14:00 "The provider has a freeze"');

/** Shows what the move does; with `--yes`, moves at once. */
async function moveTo(
  ctx: Ctx,
  { releaseKey, date, time, reason, isConfirmed }: Extract<ParsedReschedule, { ok: true }>,
): Promise<Answer> {
  const forecast = await forecastMove({ ctx, input: { releaseKey, date, time, from: null } });
  if (!forecast.ok) return answerRefusal(forecast.refusal);
  const { plan, foreseen, releaseKey: key } = forecast.value;
  if (!isConfirmed) {
    return answerForm(await confirmRescheduleForm(ctx, forecast.value, { reason: reason ?? '' }));
  }
  const chosen = { date: plan.goLive.date, time: plan.goLive.time, from: foreseen.before };
  const input = { releaseKey: key, ...chosen, reason: reason ?? '' };
  const moved = await rescheduleRelease({ ctx, input });
  return moved.ok ? answerCard((await movedOutcome(ctx, moved.value)).card) : answerRefusal(moved.refusal);
}
