#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { configCommand } from './config.ts';
import { planCommand } from './plan.ts';
import { sandboxCommand } from './sandbox.ts';
import { slackCommand } from './slack.ts';
import { startCommand } from './start.ts';

const program = new Command('tminus').description(
  'Carries a software release from T-14 to T+7 inside Slack.',
);
program.addCommand(startCommand());
program.addCommand(sandboxCommand());
program.addCommand(planCommand());
program.addCommand(configCommand());
program.addCommand(slackCommand());
program.addCommand(auditCommand());

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  // What users can mend themselves comes as a sentence; a stack would only hide it.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
