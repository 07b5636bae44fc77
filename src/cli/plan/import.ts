import type { Command } from 'commander';
import { parsePlan } from '../../core/plan-file/parse-plan.ts';
import { endHelp } from '../end-help.ts';
import { readPlanText } from '../read-plan-text.ts';
import { userName } from '../user-name.ts';
import { exitCodes, type PlanCommandIo } from './plan-io.ts';
import { configOption, settingsOf } from './plan-settings.ts';
import { reportPlan } from './report-plan.ts';
import { runGuarded } from './run-guarded.ts';

interface ImportFlags {
  config?: string;
  as?: string;
  useAccountNames?: true;
  change?: true;
}

/** `tminus plan import` */
export function addImport(command: Command, io: PlanCommandIo): void {
  const importing = command
    .command('import')
    .description('Plan or change a release from a file in the running tminus, with every check')
    .argument('<file>', 'a plan in YAML')
    .option(...configOption)
    .option(
      '--change',
      'use it as the new plan of the release that has its key; during the rollout, only channels and links may differ',
    )
    .option(
      '--as <email>',
      'do it as this person: one of releaseCreators, or with --change whoever may change it (default: an operator)',
    )
    .option('--use-account-names', "where a name differs from the account's, use the account's")
    .copyInheritedSettings(command)
    .action((file: string, options: ImportFlags) => runGuarded(io, () => importPlanFile(io, file, options)));
  endHelp(importing, {
    note: () =>
      'Needs the environment of `tminus start`: the Slack token, and DATABASE_URL or TMINUS_DATA_DIR.',
    examples: [
      'tminus plan import release.yaml',
      'tminus plan import release.yaml --as rita@example.com',
      'tminus plan import --change release.yaml',
    ],
    exitCodes: {
      ...exitCodes,
      0: 'the release is planned, or changed',
      1: 'nothing was done; the reasons are printed',
    },
  });
}

/** What it needs of the bot is loaded here only, so that the other commands start at once. */
async function importPlanFile(io: PlanCommandIo, file: string, flags: ImportFlags): Promise<void> {
  const { loadConfig } = await import('../../config/load-config.ts');
  const { openServices } = await import('../open-services.ts');
  const { importPlan } = await import('../import-plan.ts');
  const config = await loadConfig({ env: io.env, file: flags.config });
  const { templates, checks } = settingsOf(config);
  const text = await readPlanText(file, io.readHead);
  // What is wrong whatever the time needs no database.
  const timeless = parsePlan(text, checks);
  if (!timeless.ok) return void reportPlan(io, file, timeless);
  const { services, close } = await openServices(config, {
    templates,
    say: (line) => io.writeError(`${line}\n`),
  });
  try {
    // What is changed keeps its go-live, which may have passed.
    const read = flags.change ? timeless : parsePlan(text, { ...checks, now: services.clock.now() });
    const reading = reportPlan(io, file, read);
    if (!reading.ok) return;
    const operator = userName();
    const wanted = {
      as: flags.as,
      operator,
      useAccountNames: flags.useAccountNames === true,
      change: flags.change === true,
    };
    const outcome = await importPlan(services, reading.plan, wanted);
    if (outcome.ok) {
      for (const line of outcome.said) io.write(`${line}\n`);
      const told = new Set(reading.warnings.map(({ message }) => message));
      for (const each of outcome.warnings) if (!told.has(each)) io.writeError(`warning: ${each}\n`);
      return;
    }
    for (const line of outcome.lines) io.writeError(`${line}\n`);
    io.setExitCode(1);
  } finally {
    await close();
  }
}
