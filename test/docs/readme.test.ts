import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpCard } from '../../src/bot/cards/answers/release-cards.ts';
import { releaseCommands } from '../../src/bot/interactions/commands/release-commands.ts';
import { botScopes, slashCommands } from '../../src/bot/slack/manifest.ts';
import { envSchema } from '../../src/config/config.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it.each(Object.keys(envSchema.shape))('explains the variable %s', (name) => {
    expect(readme).toContain(`| \`${name}\` |`);
  });

  it.each(releaseCommands.map(({ usage }) => `/release ${usage}`))('explains %s', (command) => {
    expect(readme).toContain(`| \`${command}\` |`);
  });

  it.each(slashCommands.map(({ command }) => command))('explains %s', (command) => {
    expect(readme).toContain(`| \`${command}`);
  });

  it.each(slashCommands.filter(({ command }) => command !== '/release'))(
    'explains $command as Slack and /release help do',
    ({ command, usage_hint: hint }) => {
      const usage = `${command} ${hint.replace('KEY', 'release')}`;
      expect(readme.replaceAll('\\|', '|')).toContain(`| \`${usage}\` |`);
      expect(JSON.stringify(helpCard())).toContain(usage);
    },
  );

  it('lists the commands of /release in the order of its hint', () => {
    const hint = slashCommands.find(({ command }) => command === '/release')?.usage_hint;
    expect(hint?.replaceAll('KEY', 'release')).toBe(releaseCommands.map(({ usage }) => usage).join(' | '));
  });

  it('has a picture of less than 400 kB', () => {
    expect(readme).toContain('](docs/images/sandbox.png)');
    expect(statSync('docs/images/sandbox.png').size).toBeLessThan(400_000);
  });
});

describe('docs/slack.md', () => {
  const text = readFileSync('docs/slack.md', 'utf8');

  it('has every scope that the app asks for, and no other', () => {
    const listed = [...text.matchAll(/^\| `([a-z:.]+)` +\|/gm)].map(([, scope]) => scope);
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
