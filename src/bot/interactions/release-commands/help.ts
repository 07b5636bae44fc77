import { helpCard } from '../help-card.ts';
import { answerCard, type Subcommand } from '../interaction.ts';

export const subcommand: Subcommand = {
  name: 'help',
  usage: '',
  help: 'this list',
  position: 800,
  readsOnly: true,
  run: async ({ commands }) => answerCard(helpCard(commands)),
};
