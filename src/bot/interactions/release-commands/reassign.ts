import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { reassignRole } from '../../../services/release/reassign-role.ts';
import { reassignedSentence, reassignForm } from '../forms/reassign.ts';
import { answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { parseReassign } from '../words/parse-reassign.ts';

export const subcommand: Subcommand = {
  name: 'reassign',
  usage: '[release] [role] [e-mail address]',
  help: 'give a role to somebody else, when someone has left or is away',
  position: 62,
  run: async ({ ctx, words }) => {
    const parsed = parseReassign(words);
    if (!parsed.ok) {
      return answerSentence(
        line`${parsed.message} Say for example ${command('release', 'reassign RELEASE QA Lead tom@example.com')}.`,
      );
    }
    const { role, email } = parsed;
    const found = await findRelease(ctx, parsed.releaseKey);
    if (!found.ok) return answerRefusal(found.refusal);
    const { key } = found.value;
    if (role === null && email !== null) {
      return answerSentence(
        line`Which role? Say it before the address, as in ${command('release', `reassign ${key} QA Lead ${email}`)}.`,
      );
    }
    if (role === null || email === null) return answerForm(reassignForm(found.value, role));
    const result = await reassignRole({ ctx, input: { releaseKey: key, role, person: { email } } });
    return result.ok ? answerSentence(reassignedSentence(result.value)) : answerRefusal(result.refusal);
  },
};
