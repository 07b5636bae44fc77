import { listAccounts } from '../../../services/people/list-accounts.ts';
import { accountsCard } from '../../cards/answers/accounts-card.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'me',
  usage: '',
  help: 'your accounts, roles and subscriptions; connect your accounts on two platforms',
  position: 750,
  readsOnly: true,
  run: async ({ ctx }) => {
    const found = await listAccounts(ctx);
    return found.ok ? answerCard(accountsCard(found.value)) : answerRefusal(found.refusal);
  },
};
