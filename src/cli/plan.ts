import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { FileConfig } from '../config/config.ts';
import { ConfigError, loadSettings } from '../config/load-config.ts';
import { loadProductTemplates, loadTemplates, TemplateError } from '../config/load-templates.ts';
import { planJsonSchema } from '../core/plan/plan-json-schema.ts';
import { type PlanReading, parsePlan } from '../core/plan-file/parse-plan.ts';
import { describeIssue } from '../core/plan-file/plan-issue.ts';
import { previewMessages } from '../core/template/preview-messages.ts';
import { countWords } from '../lib/count-words.ts';
import { hasErrorCode } from '../lib/error-code.ts';
import { endHelp } from './end-help.ts';
import { explanationAsJson, explanationAsText } from './plan-explain.ts';
import { previewAsJson, previewAsText } from './plan-preview.ts';
import { previewPage } from './preview-page/preview-page.ts';
import { readHead } from './read-head.ts';
import { type ReadHead, readPlanText, UnreadableFileError } from './read-plan-text.ts';

/** What the command reads and writes: the process by default, replaced in tests. */
export interface PlanCommandIo {
  env: NodeJS.ProcessEnv;
  write(text: string): void;
  writeError(text: string): void;
  readHead: ReadHead;
  /** Epoch ms. */
  now(): number;
  /** 0: done; 1: the plan has problems; 2: it could not be looked at. */
  setExitCode(code: 0 | 1 | 2): void;
}

const processIo: PlanCommandIo = {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  readHead,
  now: () => Date.now(),
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

const exitCodes = {
  0: 'the plan is valid',
  1: 'the plan has problems',
  2: 'the plan, a template or the configuration could not be read',
};

interface ImportFlags {
  config?: string;
  as?: string;
  useAccountNames?: true;
  change?: true;
}

interface PlanOptions {
  config?: string;
  templates?: string;
}

const configOption = [
  '--config <file>',
  'configuration file (default: tminus.yaml, when there is one)',
] as const;
const templatesOption = [
  '--templates <folder>',
  "a folder of templates that override the built-in ones (default: the configuration's)",
] as const;

/** `tminus plan check|preview|explain|import|schema`. */
export function planCommand(io: PlanCommandIo = processIo): Command {
  const command = new Command('plan').description('Check, preview, explain and import release plans');
  command.configureOutput({ writeOut: io.write, writeErr: io.writeError });
  const check = command
    .command('check')
    .description('Check whether a plan is valid, and report each problem with its line')
    .argument('<file>', 'a plan in YAML')
    .option(...configOption)
    .option(...templatesOption)
    .copyInheritedSettings(command)
    .action((file: string, options: PlanOptions) => runGuarded(io, () => checkPlanFile(io, file, options)));
  endHelp(check, { examples: ['tminus plan check release.yaml'], exitCodes });
  printing(command, io, {
    name: 'preview',
    description: 'Print every message of a plan with its instant and channel',
    run: previewPlanFile,
    options: [['--html <file>', 'write a page to read in a browser']],
  });
  printing(command, io, {
    name: 'explain',
    description: 'Print everything that follows from a plan, and where each value comes from',
    run: explainPlanFile,
  });
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
  const schema = command
    .command('schema')
    .description("Print the JSON Schema of a plan, for an editor's completion and checks")
    .copyInheritedSettings(command)
    .action(() => io.write(planJsonSchema()));
  endHelp(schema, { examples: ['tminus plan schema > plan.schema.json'] });
  return endHelp(command, {
    examples: ['tminus plan check release.yaml', 'tminus plan preview release.yaml'],
  });
}

/** A subcommand that reads a plan and prints something of it, for people or for programs. */
function printing(
  command: Command,
  io: PlanCommandIo,
  { name, description, run, options = [] }: PrintingCommand,
): void {
  const printed = command
    .command(name)
    .description(description)
    .argument('<file>', 'a plan in YAML')
    .option('--json', 'print JSON, for programs')
    .option(...configOption)
    .option(...templatesOption)
    .copyInheritedSettings(command)
    .action((file: string, given: PrintOptions) => runGuarded(io, () => run(io, file, given)));
  for (const [flags, meaning] of options) printed.option(flags, meaning);
  endHelp(printed, { examples: [`tminus plan ${name} release.yaml`], exitCodes });
}

type PrintOptions = PlanOptions & { json?: true; html?: string };
interface PrintingCommand {
  name: string;
  description: string;
  run: PrintPlanFile;
  /** Flags that no other has, with their meaning. */
  options?: readonly (readonly [string, string])[];
}
type PrintPlanFile = (io: PlanCommandIo, file: string, options: PrintOptions) => Promise<void>;

async function checkPlanFile(io: PlanCommandIo, file: string, options: PlanOptions): Promise<void> {
  const { templates, productTemplates, checks } = await readSettings(io, options);
  const text = await readPlanText(file, io.readHead);
  const reading = report(io, file, parsePlan(text, { ...checks, now: io.now() }));
  if (!reading.ok) return;
  const { plan } = reading;
  const count = previewMessages(plan, productTemplates.get(plan.product) ?? templates).length;
  io.write(`${file}: ${plan.release} is a valid plan with ${countWords(count, 'communication')}.\n`);
}

async function previewPlanFile(io: PlanCommandIo, file: string, options: PrintOptions): Promise<void> {
  const { templates, productTemplates, checks } = await readSettings(io, options);
  const reading = report(io, file, parsePlan(await readPlanText(file, io.readHead), checks));
  if (!reading.ok) return;
  const messages = previewMessages(reading.plan, productTemplates.get(reading.plan.product) ?? templates);
  if (options.html !== undefined) {
    await writeFile(options.html, previewPage(reading.plan, messages));
    io.write(`${options.html}: ${countWords(messages.length, 'message')} of ${reading.plan.release}.\n`);
    return;
  }
  const print = options.json === true ? previewAsJson : previewAsText;
  io.write(print(reading.plan, messages));
}

async function explainPlanFile(io: PlanCommandIo, file: string, options: PrintOptions): Promise<void> {
  const { checks } = await readSettings(io, options);
  const reading = report(io, file, parsePlan(await readPlanText(file, io.readHead), checks));
  if (!reading.ok) return;
  const print = options.json === true ? explanationAsJson : explanationAsText;
  io.write(print(reading.plan, checks.products));
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

/** What it needs of the bot is loaded here only, so that the other commands start at once. */
async function importPlanFile(io: PlanCommandIo, file: string, flags: ImportFlags): Promise<void> {
  const { loadConfig } = await import('../config/load-config.ts');
  const { openServices } = await import('./open-services.ts');
  const { importPlan } = await import('./import-plan.ts');
  const config = await loadConfig({ env: io.env, file: flags.config });
  const { templates, checks } = settingsOf(config);
  const text = await readPlanText(file, io.readHead);
  // What is wrong whatever the time needs no database.
  const timeless = parsePlan(text, checks);
  if (!timeless.ok) return void report(io, file, timeless);
  const { services, close } = await openServices(config, {
    templates,
    say: (line) => io.writeError(`${line}\n`),
  });
  try {
    // What is changed keeps its go-live, which may have passed.
    const read = flags.change ? timeless : parsePlan(text, { ...checks, now: services.clock.now() });
    const reading = report(io, file, read);
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

/** As the bot reads them; a folder of templates that is named goes before the configured one. */
async function readSettings({ env }: PlanCommandIo, { config, templates }: PlanOptions) {
  const settings = await loadSettings(['channels', 'templates', 'products', 'schedule'], {
    env,
    file: config,
  });
  return settingsOf(templates === undefined ? settings : { ...settings, templates });
}

/** What a plan is checked with. */
function settingsOf({
  channels,
  templates: folder,
  products,
  schedule: { lateness: _ofItems, ...defaultShifts },
}: Pick<FileConfig, 'channels' | 'templates' | 'products' | 'schedule'>) {
  const templates = loadTemplates(folder);
  const productTemplates = loadProductTemplates({ templates: folder, products });
  const checks = {
    templates: [...templates.keys()],
    productTemplates,
    defaultChannels: channels,
    defaultShifts,
    products,
  };
  return { templates, productTemplates, checks };
}

/** More are no help: whatever has so many is no plan, or was made by a program. */
const maxProblemsShown = 100;

/** Prints the problems or warnings of a plan on stderr, and sets exit code 1 when it is not valid. */
function report(io: PlanCommandIo, file: string, reading: PlanReading): PlanReading {
  if (reading.ok) {
    for (const { line, column, path, message } of reading.warnings) {
      io.writeError(`${file}:${line}:${column} ${path}: warning: ${message}\n`);
    }
    return reading;
  }
  for (const problem of reading.problems.slice(0, maxProblemsShown)) {
    io.writeError(`${file}:${problem.line}:${problem.column} ${problem.path}: ${describeIssue(problem)}\n`);
  }
  const count = reading.problems.length;
  const shown = count > maxProblemsShown ? `, the first ${maxProblemsShown} shown` : '';
  io.writeError(`${countWords(count, 'problem')}${shown}. docs/plans.md describes every field.\n`);
  io.setExitCode(1);
  return reading;
}

/** Why a file or a folder can't be read; any other code is of an error in the program. */
const unreadable = [
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'EINVAL'],
  ...['EIO', 'EBUSY', 'ENXIO', 'ENODEV', 'ESTALE', 'ETIMEDOUT', 'EMFILE', 'ENFILE', 'ERR_FS_FILE_TOO_LARGE'],
];

/** Runs an action; what could not be read ends in one line and exit code 2. */
async function runGuarded(io: PlanCommandIo, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const expected =
      error instanceof ConfigError ||
      error instanceof TemplateError ||
      error instanceof UnreadableFileError ||
      hasErrorCode(error, ...unreadable);
    if (!expected) throw error;
    io.writeError(`${error.message}\n`);
    io.setExitCode(2);
  }
}
