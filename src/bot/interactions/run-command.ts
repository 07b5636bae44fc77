import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { type Answer, answerSentence, type CommandGroup, type CommandRequest } from './interaction.ts';
import { commands } from './registry.ts';
import { readSubcommand } from './words/read-subcommand.ts';

/** Does what was typed: the name of a command, and the words after it. */
export async function runCommand({
  ctx,
  name,
  words,
}: {
  ctx: Ctx;
  name: string;
  words: string;
}): Promise<Answer> {
  const known = commands.find((one) => one.name === name);
  // The platform may list a command that this version does not have.
  if (!known) {
    const unknown = line`tminus has no command ${command(name)}. See ${command('release', 'help')}.`;
    return answerSentence(unknown);
  }
  const request = { ctx, words, commands };
  return 'subcommands' in known ? runSubcommand(known, request) : known.run(request);
}

async function runSubcommand(group: CommandGroup, request: CommandRequest): Promise<Answer> {
  const read = readSubcommand(group, request.words);
  return read.ok ? read.subcommand.run({ ...request, words: read.rest }) : answerSentence(read.message);
}
