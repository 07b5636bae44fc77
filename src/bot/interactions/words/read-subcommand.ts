import { command } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { closest } from '../../../lib/closest.ts';
import type { CommandGroup, Subcommand } from '../interaction.ts';
import { isReleaseKey } from './parse-release-key.ts';
import { splitWords, withoutFirst } from './split-words.ts';

export type ReadSubcommand =
  | { ok: true; subcommand: Subcommand; rest: string }
  | { ok: false; message: Line };

/** The subcommand that was typed, or what to say of an unknown one; nothing typed asks for `help`. */
export function readSubcommand(group: CommandGroup, typed: string): ReadSubcommand {
  const [first = 'help'] = splitWords(typed);
  const subcommand = group.subcommands.find(({ name }) => name === first.toLowerCase());
  if (subcommand) return { ok: true, subcommand, rest: withoutFirst(typed) };
  return {
    ok: false,
    message: line`There is no ${command(group.name, first)}. ${whatInstead(group, first)}`,
  };
}

function whatInstead({ name: group, subcommands }: CommandGroup, word: string): Line {
  if (isReleaseKey(word)) return line`Did you mean ${command(group, `show ${word.toLowerCase()}`)}?`;
  const match = closest(
    word,
    subcommands.map(({ name }) => name),
  );
  if (match) return line`Did you mean ${command(group, match)}?`;
  return line`${command(group, 'help')} lists all commands.`;
}
