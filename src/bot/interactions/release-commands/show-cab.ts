import { localDate } from '../../../core/calendar/working-days.ts';
import { loadMeeting } from '../../../services/cab/load-meeting.ts';
import { cabCard } from '../../cards/answers/cab-card.ts';
import { answerCard, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'cab',
  usage: '',
  help: 'the change advisory board: what awaits a decision, and what was decided since it met last',
  position: 470,
  readsOnly: true,
  run: async ({ ctx }) => {
    const meeting = await loadMeeting(ctx);
    const { nextReview: next, lastReview: last } = ctx.cab;
    const today = localDate(ctx.clock.now(), meeting.zone);
    return answerCard(cabCard(meeting, { next, last, today }));
  },
};
