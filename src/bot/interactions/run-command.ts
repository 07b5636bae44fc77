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
  const command = commands.find((known) => known.name === name);
  // The platform may list a command that this version does not have.
  if (!command) return answerSentence(`tminus has no command /${name}. See /release help.`);
  const request = { ctx, words, commands };
  return 'subcommands' in command ? runSubcommand(command, request) : command.run(request);
}

async function runSubcommand(group: CommandGroup, request: CommandRequest): Promise<Answer> {
  const read = readSubcommand(group, request.words);
  return read.ok ? read.subcommand.run({ ...request, words: read.rest }) : answerSentence(read.message);
}
