import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parsePlan } from '../../core/plan-file/parse-plan.ts';
import { previewMessages } from '../../core/template/preview-messages.ts';
import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import { previewPage } from '../preview-page/preview-page.ts';
import { SHOWN_AS } from '../preview-page/show-as.ts';
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
    options: [
      ['--html <file>', 'write a page to read in a browser'],
      ['--as <destination>', `as it is shown there: ${listWords(SHOWN_AS, 'or')}`],
    ],
  });
}

async function previewPlanFile(io: PlanCommandIo, file: string, options: PrintOptions): Promise<void> {
  const as = SHOWN_AS.find((kind) => kind === options.as);
  if (options.as !== undefined && as === undefined) {
    io.writeError(`--as: there is no "${options.as}"; expected ${listWords(SHOWN_AS, 'or')}.\n`);
    io.setExitCode(2);
    return;
  }
  const { templates, productTemplates, checks } = await readSettings(io, options);
  const reading = reportPlan(io, file, parsePlan(await readPlanText(file, io.readHead), checks));
  if (!reading.ok) return;
  const messages = previewMessages(reading.plan, productTemplates.get(reading.plan.product) ?? templates);
  if (options.html !== undefined) {
    await writeFile(options.html, previewPage(reading.plan, messages, as));
    io.write(`${options.html}: ${countWords(messages.length, 'message')} of ${reading.plan.release}.\n`);
    return;
  }
  io.write(
    options.json === true ? previewAsJson(reading.plan, messages) : previewAsText(reading.plan, messages, as),
  );
}
