import { command } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { reassignRole } from '../../../services/release/reassign-role.ts';
import { exampleKey } from '../example-key.ts';
import { reassignedSentence, reassignForm } from '../forms/reassign.ts';
import { answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { openReleaseForm } from '../open-release-form.ts';
import { parseReassign } from '../words/parse-reassign.ts';

export const subcommand: Subcommand = {
  name: 'reassign',
  usage: '[release] [role] [e-mail address]',
  help: 'give a role to somebody else, when someone has left or is away',
  position: 620,
  run: async ({ ctx, words }) => {
    const parsed = parseReassign(words);
    if (!parsed.ok) {
      const example = command('release', `reassign ${await exampleKey(ctx)} QA Lead tom@example.com`);
      return answerSentence(line`${parsed.message} For example: ${example}.`);
    }
    const { releaseKey, role, email } = parsed;
    if (role === null && email !== null) {
      const typed = command('release', `reassign ${releaseKey ?? (await exampleKey(ctx))} QA Lead ${email}`);
      return answerSentence(line`Which role? Put it before the address, as in ${typed}.`);
    }
    if (role === null || email === null) {
      const change = 'release.reassign' as const;
      return openReleaseForm(ctx, { releaseKey, change }, (release) => reassignForm(release, role));
    }
    const result = await reassignRole({ ctx, input: { releaseKey, role, person: { email } } });
    return result.ok ? answerSentence(reassignedSentence(result.value)) : answerRefusal(result.refusal);
  },
};
