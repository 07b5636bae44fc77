import { describe, expect, it } from 'vitest';
import { helpCard } from '../../../src/bot/interactions/help-card.ts';
import { actions, commands, forms } from '../../../src/bot/interactions/registry.ts';

describe('the registries', () => {
  const subcommands = commands.flatMap((command) => ('subcommands' in command ? command.subcommands : []));

  it('have each name once', () => {
    const names = [commands, subcommands].map((offered) => offered.map(({ name }) => name));
    for (const list of names) expect(new Set(list).size).toBe(list.length);
    expect(commands.length).toBeGreaterThan(0);
  });

  it('are keyed by the name in the entry', () => {
    for (const registry of [actions, forms])
      for (const entry of registry.entries) expect(registry.get(entry.name)).toBe(entry);
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
