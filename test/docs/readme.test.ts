import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/bot/interactions/registry.ts';
import { botScopes } from '../../src/bot/slack/manifest.ts';
import { envSchema } from '../../src/config/config.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it.each(Object.keys(envSchema.shape))('explains the variable %s', (name) => {
    expect(readme).toContain(`| \`${name}\` |`);
  });

  it.each(
    commands.flatMap((command) =>
      'subcommands' in command
        ? command.subcommands.map(({ name, usage }) => `/${command.name} ${name} ${usage}`.trimEnd())
        : `/${command.name} ${command.usage}`,
    ),
  )('explains %s', (usage) => {
    expect(readme.replaceAll('\\|', '|')).toContain(`| \`${usage}\` |`);
  });

  it.each(['sandbox.png', 'story.svg'])('has the picture %s of less than 400 kB', (name) => {
    expect(readme).toContain(`](docs/images/${name})`);
    expect(statSync(`docs/images/${name}`).size).toBeLessThan(400_000);
  });
});

describe('docs/slack.md', () => {
  const text = readFileSync('docs/slack.md', 'utf8');

  it('has every scope that the app asks for, and no other', () => {
    const listed = [...text.matchAll(/^\| `([a-z_:.]+)` +\|/gm)].map(([, scope]) => scope);
    expect(listed.sort()).toEqual(Object.keys(botScopes).sort());
  });
});

describe('LICENSE', () => {
  it('is the Apache License 2.0, word by word', () => {
    const licence = readFileSync('LICENSE', 'utf8');
    const standard = licence.replace(
      'Copyright 2026 The tminus authors',
      'Copyright [yyyy] [name of copyright owner]',
    );
    // The text at https://www.apache.org/licenses/LICENSE-2.0.txt, without its empty first line.
    expect(createHash('sha256').update(standard).digest('hex')).toBe(
      'c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4',
    );
    expect(licence).not.toBe(standard);
  });

  it('is the one that package.json names', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ license: 'Apache-2.0' });
  });
});
