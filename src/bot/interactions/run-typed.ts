import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { closest } from '../../lib/closest.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { answerMessage } from './answer-message.ts';
import { type Answer, answerCard, answerSentence } from './interaction.ts';
import { commands } from './registry.ts';
import { runCommand } from './run-command.ts';
import { isQuestion } from './words/is-question.ts';
import { splitWords, withoutFirst } from './words/split-words.ts';

/** A shorter word is near to many commands. */
const shortestMistyped = 4;

/**
 * Does what was typed on a platform where commands are messages: a command, also without the name of its group. What is
 * neither is answered like any other message, or with the command that was most likely meant.
 */
export async function runTyped({ ctx, text }: { ctx: Ctx; text: string }): Promise<Answer> {
  const typed = text.trim().replace(/^\//, '');
  const [first = ''] = splitWords(typed).map((word) => word.toLowerCase());
  if (commands.some(({ name }) => name === first)) {
    return runCommand({ ctx, name: first, words: withoutFirst(typed) });
  }
  const group = groupOf(first);
  if (group !== undefined) return runCommand({ ctx, name: group, words: typed });
  const meant = first.length < shortestMistyped || isQuestion(typed) ? undefined : nearest(first);
  if (meant !== undefined) return answerSentence(line`I don't know "${first}". Did you mean ${meant}?`);
  return answerCard(await answerMessage({ ctx, text: typed }));
}

/** The command of which a word is a subcommand. */
function groupOf(word: string): string | undefined {
  return commands.find((one) => 'subcommands' in one && one.subcommands.some(({ name }) => name === word))
    ?.name;
}

function nearest(word: string) {
  const names = commands.flatMap((one) => [
    one.name,
    ...('subcommands' in one ? one.subcommands.map(({ name }) => name) : []),
  ]);
  const match = closest(word, names);
  if (match === undefined) return undefined;
  const group = groupOf(match);
  return group === undefined ? command(match) : command(group, match);
}
