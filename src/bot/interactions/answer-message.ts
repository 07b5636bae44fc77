import { type Card, command, paragraph } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { closest } from '../../lib/closest.ts';
import type { Ctx } from '../../services/kernel/context.ts';
import { sentenceCard } from '../cards/answers/refusal-card.ts';
import { exampleKey } from './example-key.ts';
import { commands } from './registry.ts';
import { runCommand } from './run-command.ts';
import { isReleaseKey } from './words/parse-release-key.ts';
import { splitWords } from './words/split-words.ts';

/** What only shows something, so that a message may ask for it. */
const shown = ['status', 'show', 'schedule', 'list', 'help'];
const greetings = ['hi', 'hello', 'hey', 'help', 'thanks', 'hallo'];
const maxRepeated = 60;

/**
 * What is answered to somebody who wrote to tminus or mentioned it, without its own name. It shows, and never acts: what
 * changes something is a command or a button, which says first what it does.
 */
export async function answerMessage({ ctx, text }: { ctx: Ctx; text: string }): Promise<Card> {
  const words = splitWords(text.replace(/^\s*\//, ''));
  const [first = 'help', ...rest] = words.map((word) => word.toLowerCase());
  if (words.length <= 1 && greetings.includes(first)) return show(ctx, 'help');
  if (first === 'release') return answerMessage({ ctx, text: rest.join(' ') });
  if (shown.includes(first)) return show(ctx, [first, ...keysAmong(rest)].join(' '));
  const acting = commandCalled(first);
  if (acting !== null) return sentenceCard(await typeInstead(ctx, acting, rest));
  const [key] = keysAmong(words);
  if (key !== undefined) return show(ctx, `status ${key}`);
  const meant = words.map((word) => word.toLowerCase()).find((word) => shown.includes(word));
  if (meant !== undefined) return show(ctx, meant);
  return suggestion(ctx, words);
}

function keysAmong(words: readonly string[]): string[] {
  return words.filter(isReleaseKey).slice(0, 1);
}

async function show(ctx: Ctx, words: string): Promise<Card> {
  const answer = await runCommand({ ctx, name: 'release', words });
  return answer.kind === 'card' ? answer.card : sentenceCard('There is nothing to show.');
}

/** How the command is typed that has this name, or this subcommand; null when there is none. */
function commandCalled(word: string): { name: string; words: string[] } | null {
  for (const one of commands) {
    if (one.name === word) return { name: one.name, words: [] };
    const sub = 'subcommands' in one ? one.subcommands.find(({ name }) => name === word) : undefined;
    if (sub) return { name: one.name, words: [sub.name] };
  }
  return null;
}

async function typeInstead(
  ctx: Ctx,
  { name, words }: { name: string; words: string[] },
  rest: readonly string[],
): Promise<Line> {
  const [key] = keysAmong(rest);
  const typed = command(name, [...words, key ?? (await exampleKey(ctx))].join(' '));
  return line`I don't do that from a message, so nothing was changed. Type ${typed}.`;
}

async function suggestion(ctx: Ctx, words: readonly string[]): Promise<Card> {
  const said = words.join(' ').slice(0, maxRepeated);
  const match = words.length === 1 ? closest(words[0] ?? '', shown) : undefined;
  const meant = match === undefined ? '' : ` Did you mean "${match}"?`;
  const summary = `I don't understand "${said}".${meant}`;
  const key = await exampleKey(ctx);
  const hint = line`Write "status" or a release such as ${key} to see its status, "list" for all releases, or "help". To do something, use a command: ${command('release', 'help')} lists them.`;
  return { summary, blocks: [paragraph(summary), paragraph(hint)] };
}
