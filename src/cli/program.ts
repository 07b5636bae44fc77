import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { auditCommand } from './audit/audit.ts';
import { configCommand } from './config.ts';
import { doctorCommand } from './doctor.ts';
import { endHelp } from './end-help.ts';
import { healthCommand } from './health.ts';
import { migrateCommand } from './migrate.ts';
import { planCommand } from './plan.ts';
import { slackCommand } from './slack.ts';
import { startCommand } from './start.ts';
import { teamsCommand } from './teams.ts';

/** `tminus` with everything below it: its own commands, and those of `others`, such as the sandbox's. */
export function createProgram(others: Command[] = []): Command {
  const { version } = packageJson;
  const program = new Command('tminus')
    .description('Guides a software release from T-14 to T+7 inside Slack and Microsoft Teams')
    .version(version, '-v, --version', 'print the version')
    .hook('preAction', (_, called) => refuseExcess(called));
  program.addCommand(startCommand());
  for (const command of others) program.addCommand(command);
  program.addCommand(planCommand());
  program.addCommand(configCommand());
  program.addCommand(slackCommand());
  program.addCommand(teamsCommand());
  program.addCommand(auditCommand());
  program.addCommand(migrateCommand());
  program.addCommand(healthCommand());
  program.addCommand(doctorCommand());
  program.addCommand(
    endHelp(new Command('version').description('Print the version'), {
      examples: ['tminus version'],
    }).action(() => console.log(version)),
  );
  const foreign = others.map((command) => `tminus ${command.name()}`);
  endHelp(program, { examples: [...foreign, 'tminus plan check release.yaml', 'tminus start'] });
  speakAlike(program);
  return program;
}

/** The words that all commands have in common. A mistake at the command line is told with its next step. */
function speakAlike(command: Command): void {
  command.helpOption('-h, --help', 'show this help');
  if (command.commands.length > 0) command.helpCommand('help [command]', 'Show the help of a command');
  command.showHelpAfterError(`${lineOf(command)} --help lists its commands and options.`);
  command.allowExcessArguments();
  for (const each of command.commands) speakAlike(each);
}

/** `tminus plan check` */
function lineOf(command: Command): string {
  return command.parent ? `${lineOf(command.parent)} ${command.name()}` : command.name();
}

/** In place of the library's own check, which counts the arguments and names none. */
function refuseExcess(command: Command): void {
  const [extra] = command.args.slice(command.registeredArguments.length);
  if (extra !== undefined) command.error(`error: unexpected argument '${extra}'`);
}
