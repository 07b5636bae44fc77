import type { Subcommand } from '../interaction.ts';
import { showAudit } from '../show-audit-answer.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';
import { splitWords } from '../words/split-words.ts';

export const subcommand: Subcommand = {
  name: 'audit',
  usage: '[release] [all]',
  help: 'who decided what, when, with which right, on what evidence; whether the record is intact',
  position: 705,
  readsOnly: true,
  run: async ({ ctx, words }) => {
    const typed = splitWords(words);
    const isAll = (word: string) => word.toLowerCase() === 'all';
    const releaseKey = parseReleaseKey(typed.filter((word) => !isAll(word)).join(' '));
    return showAudit(ctx, { releaseKey, all: typed.some(isAll), before: null });
  },
};
