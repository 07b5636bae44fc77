import { Command, Option } from 'commander';
import type { ManifestOptions } from '../bot/slack/manifest.ts';
import { loadSettings } from '../config/load-config.ts';
import { endHelp } from './end-help.ts';

interface ManifestFlags {
  mode: 'socket' | 'http';
  url?: string;
  config?: string;
}

/** `tminus slack …`. `print` gets what goes to standard output, without the last line break. */
export function slackCommand(print: (text: string) => void = (text) => console.log(text)): Command {
  const slack = new Command('slack').description('Set up the Slack app');
  const manifest: Command = slack
    .command('manifest')
    .description('Print the app manifest to paste at https://api.slack.com/apps')
    .addOption(
      new Option('--mode <mode>', 'how Slack reaches the bot').choices(['socket', 'http']).default('socket'),
    )
    .option('--url <address>', 'public https address of the bot, for --mode http')
    .option('--config <file>', 'configuration file, which may rename commands (default: tminus.yaml)')
    .action((flags: ManifestFlags) => printManifest(flags, print, manifest));
  const examples = [
    'tminus slack manifest',
    'tminus slack manifest --mode http --url https://tminus.example.com',
  ];
  endHelp(manifest, { examples });
  return endHelp(slack, { examples });
}

/** The manifest knows what the bot can do, and so loads much of it: not for the other commands. */
async function printManifest(
  flags: ManifestFlags,
  print: (text: string) => void,
  command: Command,
): Promise<void> {
  const options = manifestOptions(flags, command);
  const { commands } = await loadSettings(['commands'], { env: process.env, file: flags.config });
  const { slackManifest } = await import('../bot/slack/manifest.ts');
  try {
    print(JSON.stringify(slackManifest({ ...options, commandNames: commands }), null, 2));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    command.error(error.message);
  }
}

function manifestOptions({ mode, url }: ManifestFlags, command: Command): ManifestOptions {
  if (mode === 'socket') return { mode };
  if (url !== undefined) return { mode, requestUrl: url };
  return command.error('With --mode http, say where Slack reaches the bot: --url https://…');
}
