import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parsePlan } from '../../core/plan-file/parse-plan.ts';
import { previewMessages } from '../../core/template/preview-messages.ts';
import { countWords } from '../../lib/count-words.ts';
import { previewPage } from '../preview-page/preview-page.ts';
import { readPlanText } from '../read-plan-text.ts';
import type { PlanCommandIo } from './plan-io.ts';
import { readSettings } from './plan-settings.ts';
import { addPrinting, type PrintOptions } from './printing.ts';
import { previewAsJson, previewAsText } from './render-preview.ts';
import { reportPlan } from './report-plan.ts';

/** `tminus plan preview` */
export function addPreview(command: Command, io: PlanCommandIo): void {
  addPrinting(command, io, {
    name: 'preview',
    description: 'Print every message of a plan with its instant and channel',
    run: previewPlanFile,
    options: [['--html <file>', 'write a page to read in a browser']],
  });
}

async function previewPlanFile(io: PlanCommandIo, file: string, options: PrintOptions): Promise<void> {
  const { templates, productTemplates, checks } = await readSettings(io, options);
  const reading = reportPlan(io, file, parsePlan(await readPlanText(file, io.readHead), checks));
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
