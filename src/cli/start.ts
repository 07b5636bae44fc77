import { Command } from 'commander';
import { endHelp } from './end-help.ts';

/** `tminus start` */
export function startCommand(): Command {
  const start = new Command('start')
    .description('Run the bot')
    .option('--config <file>', 'configuration file (default: tminus.yaml, when there is one)')
    .action(async ({ config }: { config?: string }) => {
      // Loaded here only, so that the other commands start at once.
      const { runProcess } = await import('../main.ts');
      await runProcess({ configFile: config });
    });
  return endHelp(start, {
    note: () => 'Tokens and addresses come from the environment: README.md lists the variables.',
    examples: ['tminus start', 'tminus start --config /etc/tminus.yaml'],
    exitCodes: { 0: 'it was stopped by SIGTERM or SIGINT', 1: 'it could not start, or had to stop' },
  });
}
