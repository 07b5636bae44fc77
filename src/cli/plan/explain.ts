import type { Command } from 'commander';
import { parsePlan } from '../../core/plan-file/parse-plan.ts';
import { readPlanText } from '../read-plan-text.ts';
import type { PlanCommandIo } from './plan-io.ts';
import { readSettings } from './plan-settings.ts';
import { addPrinting, type PrintOptions } from './printing.ts';
import { explanationAsJson, explanationAsText } from './render-explanation.ts';
import { reportPlan } from './report-plan.ts';

/** `tminus plan explain` */
export function addExplain(command: Command, io: PlanCommandIo): void {
  addPrinting(command, io, {
    name: 'explain',
    description: 'Print everything that follows from a plan, and where each value comes from',
    run: explainPlanFile,
  });
}

async function explainPlanFile(io: PlanCommandIo, file: string, options: PrintOptions): Promise<void> {
  const { checks } = await readSettings(io, options);
  const reading = reportPlan(io, file, parsePlan(await readPlanText(file, io.readHead), checks));
  if (!reading.ok) return;
  const print = options.json === true ? explanationAsJson : explanationAsText;
  io.write(print(reading.plan, checks.products));
}
