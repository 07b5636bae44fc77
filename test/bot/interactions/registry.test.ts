import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpCard } from '../../../src/bot/interactions/help-card.ts';
import { actions, commands, forms } from '../../../src/bot/interactions/registry.ts';

/** The files of a registry without their ending, in order. */
function filesOf(folder: string): string[] {
  const files = readdirSync(`src/bot/interactions/${folder}`).filter((name) => !name.includes('.generated.'));
  return files.map((name) => name.replace(/\.ts$/, '')).sort();
}

describe('the registries', () => {
  const subcommands = commands.flatMap((command) => ('subcommands' in command ? command.subcommands : []));

  it.each([
    ['actions', actions.entries],
    ['commands', commands],
    ['forms', forms.entries],
  ])('have an entry for each file of %s, by its name', (folder, entries) => {
    expect(entries.map(({ name }) => name).sort()).toEqual(filesOf(folder));
  });

  it('have a subcommand for each file of release-commands', () => {
    expect(subcommands).toHaveLength(filesOf('release-commands').length);
  });

  it.each([
    ['commands', commands],
    ['subcommands', subcommands],
  ])('have a place of its own for each of the %s, in order', (_, offered) => {
    const positions = offered.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
  });

  it('make up the help, as its golden file says', async () => {
    await expect(`${JSON.stringify(helpCard(commands), null, 2)}\n`).toMatchFileSnapshot(
      './golden/help.golden.json',
    );
  });
});
