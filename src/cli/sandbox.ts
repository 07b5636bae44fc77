import { Command, InvalidArgumentError } from 'commander';

interface SandboxFlags {
  port: number;
  data: string;
  play?: boolean;
  story: 'rollback' | 'success';
  databaseUrl?: string;
  redisUrl?: string;
}

/** `tminus sandbox` */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description('Try tminus out: a local Slack workspace, a demo service to release, a clock that runs fast')
    .option('--port <number>', 'port of the workspace', readPort, 4300)
    .option('--data <folder>', 'where everything is kept', '.tminus')
    .option(
      '--play',
      'play one release from T-14 to T+7 without a browser, check it and print the transcript',
    )
    .option('--story <name>', 'with --play: rollback or success', readStory, 'rollback')
    .option('--database-url <url>', 'use this PostgreSQL instead of the embedded one')
    .option('--redis-url <url>', 'use this Redis for the queue')
    .action(async (flags: SandboxFlags) => {
      if (flags.play) {
        const { playInSandbox } = await import('../sandbox/play/play-in-sandbox.ts');
        process.exitCode = await playInSandbox({ story: flags.story, ...storageOf(flags) });
        return;
      }
      const { runSandbox } = await import('../sandbox/run-sandbox.ts');
      await runSandbox({ port: flags.port, dataDir: flags.data, ...storageOf(flags) });
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

function readStory(text: string): SandboxFlags['story'] {
  if (text === 'rollback' || text === 'success') return text;
  throw new InvalidArgumentError('There are two stories: rollback and success.');
}
