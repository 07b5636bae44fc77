import { prepareHandover } from '../../../services/handover/hand-over.ts';
import { handOverForm } from '../forms/hand-over.ts';
import { answerForm, answerRefusal, type Subcommand } from '../interaction.ts';
import { parseCan } from '../words/parse-can.ts';

export const subcommand: Subcommand = {
  name: 'handover',
  usage: '[e-mail address]',
  help: 'give all your roles to somebody else, with whatever waits, after one confirmation; without an address you choose them',
  position: 625,
  run: async ({ ctx, words }) => {
    const prepared = await prepareHandover({ ctx, input: {} });
    if (!prepared.ok) return answerRefusal(prepared.refusal);
    const { named } = parseCan(words);
    const email = named !== null && 'email' in named ? named.email : null;
    return answerForm(handOverForm(prepared.value, email));
  },
};
