import type { Command } from 'commander';
import { endHelp } from '../end-help.ts';
import { exitCodes, type PlanCommandIo } from './plan-io.ts';
import { configOption, type PlanOptions, templatesOption } from './plan-settings.ts';
import { runGuarded } from './run-guarded.ts';

export type PrintOptions = PlanOptions & { json?: true; html?: string; as?: string };
interface PrintingCommand {
  name: string;
  description: string;
  run: PrintPlanFile;
  /** Flags that no other has, with their meaning. */
  options?: readonly (readonly [string, string])[];
}
type PrintPlanFile = (io: PlanCommandIo, file: string, options: PrintOptions) => Promise<void>;

/** A subcommand that reads a plan and prints something of it, for people or for programs. */
export function addPrinting(
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
