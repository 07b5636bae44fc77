import { findNotes } from '../../../db/queries/notes.ts';
import { beginNotes } from '../../../services/notes/draft-release-notes.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { answerCard, answerRefusal, type Subcommand } from '../interaction.ts';
import { notesAnswer } from '../notes-answer.ts';
import { parseReleaseKey } from '../words/parse-release-key.ts';

export const subcommand: Subcommand = {
  name: 'notes',
  usage: '[release]',
  help: 'draft the release notes from the plan; then edit, approve and publish them',
  position: 490,
  run: async ({ ctx, words }) => {
    const found = await findRelease(ctx, parseReleaseKey(words));
    if (!found.ok) return answerRefusal(found.refusal);
    const { id, key } = found.value;
    if (await findNotes(ctx.db, id)) return answerCard(await notesAnswer(ctx, key));
    const begun = await beginNotes({ ctx, input: { releaseKey: key } });
    return begun.ok ? answerCard(await notesAnswer(ctx, key)) : answerRefusal(begun.refusal);
  },
};
