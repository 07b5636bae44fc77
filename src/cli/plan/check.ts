import type { Command } from 'commander';
import { parsePlan } from '../../core/plan-file/parse-plan.ts';
import { previewMessages } from '../../core/template/preview-messages.ts';
import { countWords } from '../../lib/count-words.ts';
import { endHelp } from '../end-help.ts';
import { readPlanText } from '../read-plan-text.ts';
import { exitCodes, type PlanCommandIo } from './plan-io.ts';
import { configOption, type PlanOptions, readSettings, templatesOption } from './plan-settings.ts';
import { reportPlan } from './report-plan.ts';
import { runGuarded } from './run-guarded.ts';

/** `tminus plan check` */
export function addCheck(command: Command, io: PlanCommandIo): void {
  const check = command
    .command('check')
    .description('Check whether a plan is valid, and report each problem with its line')
    .argument('<file>', 'a plan in YAML')
    .option(...configOption)
    .option(...templatesOption)
    .copyInheritedSettings(command)
    .action((file: string, options: PlanOptions) => runGuarded(io, () => checkPlanFile(io, file, options)));
  endHelp(check, { examples: ['tminus plan check release.yaml'], exitCodes });
}

async function checkPlanFile(io: PlanCommandIo, file: string, options: PlanOptions): Promise<void> {
  const { templates, productTemplates, checks } = await readSettings(io, options);
  const text = await readPlanText(file, io.readHead);
  const reading = reportPlan(io, file, parsePlan(text, { ...checks, now: io.now() }));
  if (!reading.ok) return;
  const { plan } = reading;
  const count = previewMessages(plan, productTemplates.get(plan.product) ?? templates).length;
  io.write(`${file}: ${plan.release} is a valid plan with ${countWords(count, 'communication')}.\n`);
}
