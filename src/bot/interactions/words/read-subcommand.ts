import { closest } from '../../../lib/closest.ts';
import type { CommandGroup, Subcommand } from '../interaction.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords } from './split-words.ts';

export type ReadSubcommand =
  | { ok: true; subcommand: Subcommand; rest: string }
  | { ok: false; message: string };

/** The subcommand that was typed, or what to say of an unknown one; nothing typed asks for `help`. */
export function readSubcommand(group: CommandGroup, typed: string): ReadSubcommand {
  const [first = 'help', ...rest] = splitWords(typed);
  const subcommand = group.subcommands.find(({ name }) => name === first.toLowerCase());
  if (subcommand) return { ok: true, subcommand, rest: rest.join(' ') };
  return { ok: false, message: `There is no "/${group.name} ${first}". ${whatInstead(group, first)}` };
}

function whatInstead({ name: command, subcommands }: CommandGroup, word: string): string {
  if (isReleaseKey(word)) return `Did you mean /${command} show ${word.toLowerCase()}?`;
  const match = closest(
    word,
    subcommands.map(({ name }) => name),
  );
  return match ? `Did you mean /${command} ${match}?` : `/${command} help lists what there is.`;
}
