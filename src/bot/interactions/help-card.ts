import { type Card, command, type Inline, text } from '../../core/card/card.ts';
import type { Command } from './interaction.ts';

/** What tminus can do, command by command. */
export function helpCard(commands: readonly Command[]): Card {
  const summary = 'What tminus can do';
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'list', ordered: false, items: commands.flatMap(helpLines) },
      {
        type: 'note',
        content: [
          text(
            'If you leave out the release, I use the one under way. The Home tab shows what is waiting for you.',
          ),
        ],
      },
    ],
  };
}

function helpLines(offered: Command): Inline[][] {
  if (!('subcommands' in offered)) return [helpLine(offered.name, offered.usage, offered.help)];
  return offered.subcommands.map(({ name, usage, help }) =>
    helpLine(offered.name, `${name} ${usage}`.trimEnd(), help),
  );
}

function helpLine(name: string, usage: string, help: string): Inline[] {
  return [command(name, usage), text(` ${help}`)];
}
