import * as z from 'zod';
import { openCalendar } from '../../../services/calendar/open-calendar.ts';
import { calendarCard } from '../../cards/answers/calendar-card.ts';
import { answerRefusal, answerSecret, defineAction } from '../interaction.ts';

export const action = defineAction({
  name: 'renew-calendar',
  value: z.object({}),
  run: async ({ ctx }) => {
    const opened = await openCalendar({ ctx, input: { renew: true } });
    if (!opened.ok) return answerRefusal(opened.refusal);
    return answerSecret(calendarCard({ ...opened.value, releaseKey: null }));
  },
});
