import type { Command } from 'commander';

/** What a command's help has after its options. */
export interface HelpEnd {
  /** Whole command lines. */
  examples: string[];
  /** Where they tell more than whether it was done. */
  exitCodes?: Record<number, string>;
  /** A sentence or two, made when it is shown. */
  note?: () => string;
}

/** Ends a command's help with what else is to be known, its examples and its exit codes. */
export function endHelp(command: Command, { examples, exitCodes = {}, note }: HelpEnd): Command {
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `${code}  ${meaning}`);
  return command.addHelpText('after', () =>
    [...(note ? ['', note()] : []), ...part('Examples:', examples), ...part('Exit codes:', codes)].join('\n'),
  );
}

function part(title: string, lines: string[]): string[] {
  return lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : [];
}
