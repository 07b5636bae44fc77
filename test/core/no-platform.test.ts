import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/bot/interactions/registry.ts';

/** What is the same on every platform: it may know of none, and spell nothing as one of them does. */
const folders = [
  'src/core',
  'src/services',
  'src/jobs',
  'src/db',
  'src/lib',
  'src/http',
  'src/bot/cards',
  'src/bot/interactions',
  'src/bot/requests',
  'src/bot/text',
  'templates',
];

function linesOf(folder: string): { place: string; line: string }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.flatMap((file) => {
    const name = path.join(file.parentPath, file.name);
    const lines = readFileSync(name, 'utf8').split('\n');
    return lines.map((line, index) => ({ place: `${name}:${index + 1}`, line }));
  });
}

/** It keeps the addresses of webhooks out of the log, whose shape is the platform's. */
const redactsAddresses = 'src/lib/redact-secrets.ts:';

/** Comments may give examples, imports name files. */
const isCode = ({ line }: { line: string }) =>
  !/^\s*(\*|\/\*\*|\/\/|import |export .* from )|^} from /.test(line);
const code = folders.flatMap(linesOf).filter(isCode);

function withMatches(pattern: RegExp): string[] {
  return code.filter(({ line }) => pattern.test(line)).map(({ place, line }) => `${place} ${line.trim()}`);
}

describe('what is the same on every platform', () => {
  it('is looked at', () => {
    expect(code.length).toBeGreaterThan(5_000);
  });

  it('spells no command as one platform does', () => {
    const names = commands.map(({ name }) => name).join('|');
    expect(withMatches(new RegExp(`(?<![\\w.-])/(${names}|invite)\\b(?!/|\\.ts)`))).toEqual([]);
  });

  it('names no platform', () => {
    const named = withMatches(/slack|teams\b|@tminus/i);
    expect(named.filter((place) => !place.startsWith(redactsAddresses))).toEqual([]);
  });

  it('names only commands that there are', () => {
    const named = code.flatMap(({ line }) =>
      [...line.matchAll(/\bcommand\('([\w-]+)'(?:, [`']([\w-]+))?/g)].map(([, name, subcommand]) => ({
        name,
        subcommand,
      })),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const { name, subcommand } of named) {
      const known = commands.find((command) => command.name === name);
      expect(known, name).toBeDefined();
      if (subcommand === undefined || !known || !('subcommands' in known)) continue;
      expect(known.subcommands.map((one) => one.name)).toContain(subcommand);
    }
  });
});
