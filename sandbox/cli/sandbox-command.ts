import { Command, InvalidArgumentError, Option } from 'commander';
import { endHelp } from '../../src/cli/end-help.ts';

interface SandboxFlags {
  port?: number;
  data: string;
  play?: boolean;
  story: 'rollback' | 'success';
  platform?: 'slack' | 'teams' | 'both';
  /** Seconds. */
  timeout: number;
  databaseUrl?: string;
  redisUrl?: string;
}

/** `tminus sandbox` */
export function sandboxCommand(): Command {
  const sandbox = new Command('sandbox')
    .description(
      'Try tminus out: a local Slack workspace and Microsoft Teams, a demo service to release, a clock that runs fast',
    )
    .option('--port <number>', 'port of the workspace (default: 4300, or the next that is free)', readPort)
    .addOption(
      new Option('--data <folder>', 'where everything is kept; a play has a folder of its own')
        .env('TMINUS_DATA_DIR')
        .default('.tminus'),
    )
    .option(
      '--play',
      'play one release from T-14 to T+7 without a browser, check it and print the transcript',
    )
    .option(
      '--platform <name>',
      'where the bot is: slack, teams or both (default: both; with --play: slack)',
      readPlatform,
    )
    .option('--story <name>', 'with --play: rollback or success', readStory, 'rollback')
    .option('--timeout <seconds>', 'with --play: how long anything may take to show', readSeconds, 60)
    .option('--database-url <url>', 'use this PostgreSQL instead of the embedded one')
    .option('--redis-url <url>', 'use this Redis for the queue')
    .action(async (flags: SandboxFlags) => {
      if (flags.play) {
        const { playInSandbox } = await import('../story/play-in-sandbox.ts');
        const play = { story: flags.story, port: flags.port ?? 0, timeoutMs: flags.timeout * 1_000 };
        const platforms = platformsOf(flags.platform ?? 'slack');
        process.exitCode = await playInSandbox({ ...play, platforms, ...storageOf(flags) });
        return;
      }
      const given = ['story', 'timeout'].filter((name) => sandbox.getOptionValueSource(name) === 'cli');
      if (given.length > 0) sandbox.error(`error: --${given.join(' and --')} only with --play`);
      const { runSandbox } = await import('../run-sandbox.ts');
      const place = { dataDir: flags.data, ...(flags.port === undefined ? {} : { port: flags.port }) };
      await runSandbox({ ...place, platforms: platformsOf(flags.platform ?? 'both'), ...storageOf(flags) });
    });
  return endHelp(sandbox, {
    examples: ['tminus sandbox', 'tminus sandbox --port 5000', 'tminus sandbox --play --platform teams'],
    exitCodes: {
      0: 'it was stopped, or played as planned',
      1: 'it could not start, or did not go as planned',
    },
  });
}

function storageOf({ databaseUrl, redisUrl }: SandboxFlags): { databaseUrl?: string; redisUrl?: string } {
  return { ...(databaseUrl ? { databaseUrl } : {}), ...(redisUrl ? { redisUrl } : {}) };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function readPlatform(text: string): NonNullable<SandboxFlags['platform']> {
  if (text === 'slack' || text === 'teams' || text === 'both') return text;
  throw new InvalidArgumentError('A platform is slack, teams or both.');
}

/** The first is the one to which a plain `#name` belongs. */
function platformsOf(platform: NonNullable<SandboxFlags['platform']>): ('slack' | 'teams')[] {
  return platform === 'both' ? ['slack', 'teams'] : [platform];
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3_600) return seconds;
  throw new InvalidArgumentError('Give a number of seconds, up to 3600.');
}

function readStory(text: string): SandboxFlags['story'] {
  if (text === 'rollback' || text === 'success') return text;
  throw new InvalidArgumentError('There are two stories: rollback and success.');
}
