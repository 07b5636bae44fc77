import { openCalendar } from '../../../services/calendar/open-calendar.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { calendarCard } from '../../cards/answers/calendar-card.ts';
import { answerRefusal, answerSecret, type Subcommand } from '../interaction.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'calendar',
  usage: '[release]',
  help: 'releases in your calendar: an address to subscribe to',
  position: 580,
  run: async ({ ctx, words }) => {
    // Without a key it is all of them, not the only one under way.
    const key = parseReleaseKey(words);
    const found = key === null ? null : await findRelease(ctx, key);
    if (found?.ok === false) return answerRefusal(found.refusal);
    const opened = await openCalendar({ ctx, input: { renew: false } });
    if (!opened.ok) return answerRefusal(opened.refusal);
    return answerSecret(calendarCard({ ...opened.value, releaseKey: found?.value.key ?? null }));
  },
};
