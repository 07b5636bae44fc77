import { examine } from '../../../services/doctor/examine.ts';
import { mayExamine } from '../../../services/doctor/may-examine.ts';
import { doctorCard } from '../../cards/answers/doctor-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'doctor',
  usage: '',
  help: 'whether tminus itself is well: database, platforms, channels, targets, metrics, and what to do',
  position: 790,
  run: async ({ ctx }) => {
    const allowed = await mayExamine({ ctx, input: {} });
    if (!allowed.ok) return answerRefusal(allowed.refusal);
    return answerCard(doctorCard(await examine(ctx)));
  },
};
