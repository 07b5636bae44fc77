import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { endHelp } from './end-help.ts';

interface PackageFlags {
  appId?: string;
  developer: string;
  website: string;
  privacy?: string;
  terms?: string;
  appVersion: string;
  slashCommands: boolean;
  out: string;
}

/** `tminus teams …`. */
export function teamsCommand(print: (text: string) => void = (text) => console.log(text)): Command {
  const teams = new Command('teams').description('Set up the Microsoft Teams app');
  const pack: Command = teams
    .command('package')
    .description('Write the app package to upload to Teams: manifest, icons, commands')
    .addOption(new Option('--app-id <id>', "the bot's app id in Azure").env('TEAMS_APP_ID'))
    .requiredOption('--website <address>', 'https address where people in your company get help with it')
    .option('--privacy <address>', "https address of your privacy statement (default: the website's)")
    .option('--terms <address>', "https address of your terms of use (default: the website's)")
    .option('--developer <name>', 'who runs it, at most 32 characters', 'tminus')
    .option('--app-version <version>', 'increase it when you upload a changed app', '1.0.0')
    .option('--slash-commands', 'offer the commands after a slash, too: a preview in Teams', false)
    .option('--out <file>', 'where to write it', 'tminus-teams.zip')
    .action((flags: PackageFlags) => writePackage(flags, print, pack));
  const examples = [
    'tminus teams package --website https://intranet.example.com/tminus',
    'tminus teams package --app-id 00000000-0000-0000-0000-000000000000 --website https://intranet.example.com/tminus --out app.zip',
  ];
  endHelp(pack, { examples });
  return endHelp(teams, { examples });
}

/** The package knows what the bot can do, and so loads much of it: not for the other commands. */
async function writePackage(
  flags: PackageFlags,
  print: (text: string) => void,
  command: Command,
): Promise<void> {
  const { appId, developer, website, privacy, terms, appVersion: version, slashCommands: slash, out } = flags;
  if (appId === undefined) return command.error("Give the bot's app id with --app-id, or set TEAMS_APP_ID.");
  const { teamsAppPackage } = await import('../bot/teams/app-package/app-package.ts');
  try {
    const made = teamsAppPackage({ appId, developer, website, privacy, terms, version, slash });
    await writeFile(out, made);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return command.error(error.message);
  }
  print(`Wrote ${out}. Upload it in Teams: Apps, Manage your apps, Upload an app.`);
}
