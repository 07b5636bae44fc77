import { Command } from 'commander';
import { planJsonSchema } from '../core/plan/plan-json-schema.ts';
import { endHelp } from './end-help.ts';
import { addCheck } from './plan/check.ts';
import { addExplain } from './plan/explain.ts';
import { addImport } from './plan/import.ts';
import { type PlanCommandIo, processIo } from './plan/plan-io.ts';
import { addPreview } from './plan/preview.ts';

/** `tminus plan check|preview|explain|import|schema`. */
export function planCommand(io: PlanCommandIo = processIo): Command {
  const command = new Command('plan').description('Check, preview, explain and import release plans');
  command.configureOutput({ writeOut: io.write, writeErr: io.writeError });
  addCheck(command, io);
  addPreview(command, io);
  addExplain(command, io);
  addImport(command, io);
  addSchema(command, io);
  return endHelp(command, {
    examples: ['tminus plan check release.yaml', 'tminus plan preview release.yaml'],
  });
}

function addSchema(command: Command, io: PlanCommandIo): void {
  const schema = command
    .command('schema')
    .description("Print the JSON Schema of a plan, for an editor's completion and checks")
    .copyInheritedSettings(command)
    .action(() => io.write(planJsonSchema()));
  endHelp(schema, { examples: ['tminus plan schema > plan.schema.json'] });
}
