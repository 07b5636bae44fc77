import * as z from 'zod';
import { forecastMove } from '../../../services/lifecycle/forecast-move.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { confirmRescheduleForm, nothingMoved } from '../reschedule-forms.ts';
import { releaseMetadata } from '../values.ts';

export const form = defineForm({
  name: 'reschedule-release',
  metadata: releaseMetadata.extend({ from: z.coerce.number() }),
  run: async ({ ctx, values, metadata }) => {
    const input = { ...metadata, date: values.date ?? '', time: values.time ?? '' };
    const forecast = await forecastMove({ ctx, input });
    if (!forecast.ok) return refusedOutcome(forecast.refusal, 'date');
    const next = await confirmRescheduleForm(ctx, forecast.value);
    return { kind: 'next', form: next, late: nothingMoved(forecast.value.releaseKey) };
  },
});
