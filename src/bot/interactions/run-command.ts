import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { shortenAtWord } from '../../lib/shorten-text.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { helpCard } from './help-card.ts';
import {
  type Answer,
  answerCard,
  answerSentence,
  type Command,
  type CommandGroup,
  type CommandRequest,
  type Subcommand,
} from './interaction.ts';
import { commands } from './registry.ts';
import { runRequest } from './run-request.ts';
import { isQuestion, withoutQuestionMark } from './words/is-question.ts';
import { readSubcommand } from './words/read-subcommand.ts';
import { splitWords } from './words/split-words.ts';

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
  if ('subcommands' in known) return runSubcommand(known, request);
  return asksForHelp(words) || isBareQuestion(known, words)
    ? answerCard(helpCard([known]))
    : runRequest(ctx, known, () => known.run(request));
}

/** `/rollback ?`: the form that it opens would take the mark as what somebody saw. */
function isBareQuestion({ readsOnly }: Command, words: string): boolean {
  return readsOnly === true && isQuestion(words) && withoutQuestionMark(words) === '';
}

/** `help` alone; among other words it may be a part of what somebody saw. */
function asksForHelp(words: string): boolean {
  const [first, ...others] = splitWords(words);
  return first?.toLowerCase() === 'help' && others.length === 0;
}

async function runSubcommand(group: CommandGroup, request: CommandRequest): Promise<Answer> {
  const read = readSubcommand(group, request.words);
  if (!read.ok) return answerSentence(read.message);
  const { subcommand, rest } = read;
  if (asksForHelp(rest)) return answerCard(helpCard([{ ...group, subcommands: [subcommand] }]));
  if (!subcommand.readsOnly && isQuestion(request.words)) {
    return answerSentence(whatItWouldDo(group, subcommand, rest));
  }
  return runRequest(request.ctx, subcommand, () => subcommand.run({ ...request, words: rest }));
}

/** So much of what was typed is said again, characters. */
const maxRepeated = 200;

function whatItWouldDo(group: CommandGroup, { name, help }: Subcommand, rest: string): Line {
  const words = shortenAtWord(withoutQuestionMark(rest), maxRepeated);
  const typed = command(group.name, `${name} ${words}`.trimEnd());
  return line`You asked, so nothing was done. ${typed}, without a question mark, would ${help}.`;
}
