import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../../src/bot/interactions/registry.ts';
import { teamsAppPackage } from '../../../../src/bot/teams/app-package/app-package.ts';
import { listedCommands, maxCommands } from '../../../../src/bot/teams/app-package/command-lists.ts';
import { teamsManifest } from '../../../../src/bot/teams/app-package/manifest.ts';
import {
  type TeamsManifest,
  teamsManifestSchema,
} from '../../../../src/bot/teams/app-package/manifest-schema.ts';
import { problemsByPublishedSchema } from './published-schema.ts';

const options = {
  appId: '12345678-1234-4234-8234-123456789abc',
  developer: 'Example',
  website: 'https://example.com/tminus',
  version: '1.0.0',
  slash: false,
};

/** A list with one command more than Teams takes. */
const tooLong = ({ commands, ...list }: TeamsManifest['bots'][number]['commandLists'][number]) => ({
  ...list,
  commands: Array.from({ length: maxCommands + 1 }, () => commands[0]),
});

/** The files of an archive as its directory lists them, each checked against its checksum. */
function unpack(archive: Buffer): Record<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  const entries = Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const [length, nameLength] = [archive.readUInt32LE(at + 24), archive.readUInt16LE(at + 28)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const file = archive.readUInt32LE(at + 42);
    const content = archive.subarray(file + 30 + nameLength, file + 30 + nameLength + length);
    expect(archive.toString('utf8', file + 30, file + 30 + nameLength)).toBe(name);
    expect(crc32(content)).toBe(archive.readUInt32LE(at + 16));
    at += 46 + nameLength;
    return [name, content] as const;
  });
  expect(at).toBe(end);
  return Object.fromEntries(entries);
}

describe('the app package', () => {
  it('is a ZIP archive with the manifest and the two icons, the same each time', () => {
    const archive = teamsAppPackage(options);
    const files = unpack(archive);
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(JSON.parse(files['manifest.json']?.toString() ?? '')).toEqual(teamsManifest(options));
    expect(teamsAppPackage(options)).toEqual(archive);
  });

  it('has icons of the sizes that Teams asks for', () => {
    const files = unpack(teamsAppPackage(options));
    const sizeOf = (name: string) => [files[name]?.readUInt32BE(16), files[name]?.readUInt32BE(20)];
    expect(sizeOf('color.png')).toEqual([192, 192]);
    expect(sizeOf('outline.png')).toEqual([32, 32]);
  });

  it('has a manifest that keeps to the published limits', async () => {
    await expect(JSON.stringify(teamsManifest(options), null, 2)).toMatchFileSnapshot(
      'golden/manifest.golden.json',
    );
    expect(teamsManifestSchema.safeParse(teamsManifest({ ...options, slash: true })).success).toBe(true);
  });

  describe('by the JSON schema that Microsoft publishes', () => {
    const manifests = [options, { ...options, slash: true }].map(teamsManifest);

    it.each(manifests.map((manifest) => [manifest.manifestVersion, manifest] as const))(
      'is valid in version %s',
      (version, manifest) => {
        expect(problemsByPublishedSchema(manifest, version)).toEqual([]);
      },
    );

    it.each(manifests.map((manifest) => [manifest.manifestVersion, manifest] as const))(
      'is not valid with something else in version %s',
      (version, manifest) => {
        const { icons, ...incomplete } = manifest;
        expect(problemsByPublishedSchema(incomplete, version)).toContain(
          ": must have required property 'icons'",
        );
        const name = { ...manifest.name, short: 'x'.repeat(31) };
        expect(problemsByPublishedSchema({ ...manifest, name }, version)).not.toEqual([]);
        expect(problemsByPublishedSchema({ ...manifest, surprise: true }, version)).not.toEqual([]);
      },
    );

    it('takes no more than our own limits do', () => {
      const [manifest] = manifests;
      const wrong: Record<string, unknown>[] = [
        { accentColor: 'blue' },
        { bots: manifest?.bots.map((bot) => ({ ...bot, commandLists: bot.commandLists.map(tooLong) })) },
        { version: '1'.repeat(257) },
        { bots: [...(manifest?.bots ?? []), ...(manifest?.bots ?? [])] },
        { developer: { ...manifest?.developer, name: 'x'.repeat(33) } },
        { validDomains: Array(17).fill('example.com') },
      ];
      for (const changes of wrong) {
        const changed = { ...manifest, ...changes };
        expect(problemsByPublishedSchema(changed, '1.24'), JSON.stringify(changes)).not.toEqual([]);
        expect(teamsManifestSchema.safeParse(changed).success, JSON.stringify(changes)).toBe(false);
      }
    });
  });

  it('offers commands after a slash only where that was asked for', () => {
    expect(JSON.stringify(teamsManifest(options))).not.toContain('slash');
    const { manifestVersion, bots } = teamsManifest({ ...options, slash: true });
    expect(manifestVersion).toBe('1.29');
    expect(bots).toMatchObject([
      {
        supportsTargetedMessages: true,
        commandLists: [{ triggers: ['mention', 'slash'] }, { triggers: ['mention', 'slash'] }],
      },
    ]);
  });

  it.each([
    ['an app id that is none', { appId: 'tminus' }],
    ['an address without https', { website: 'http://example.com' }],
    ['a developer with too long a name', { developer: 'x'.repeat(33) }],
    ['a version of two numbers', { version: '1.0' }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => teamsAppPackage({ ...options, ...wrong })).toThrow(RangeError);
  });
});

describe('the list of commands', () => {
  it('has as many of the commands as it takes, each of which there is', () => {
    const offered = commands.flatMap((command) =>
      'subcommands' in command
        ? command.subcommands.map(({ name }) => `${command.name} ${name}`)
        : [command.name],
    );
    const listed = listedCommands().map(({ title }) => title);
    expect(offered).toEqual(expect.arrayContaining(listed));
    expect(listed).toContain('release help');
    expect(listed.length).toBe(maxCommands);
  });
});
