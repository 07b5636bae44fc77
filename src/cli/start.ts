import { Command } from 'commander';

/** `tminus start` */
export function startCommand(): Command {
  return new Command('start')
    .description('Run the bot')
    .option('--config <file>', 'configuration file (default: tminus.yaml, when there is one)')
    .action(async ({ config }: { config?: string }) => {
      // Loaded here only, so that the other commands start at once.
      const { runProcess } = await import('../main.ts');
      await runProcess({ configFile: config });
    });
}
