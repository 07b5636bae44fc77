import { type Line, line } from '../../../core/card/line.ts';
import { type PlanReading, parsePlan } from '../../../core/plan-file/parse-plan.ts';
import { planFilesOf, planInText } from '../../../core/plan-file/plan-in-message.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { keepImport, longestImport } from '../../../services/release/keep-import.ts';
import { planProblemsCard } from '../../cards/answers/plan-problems-card.ts';
import { confirmImportForm } from '../forms/import-release.ts';
import {
  type Answer,
  answerCard,
  answerForm,
  answerRefusal,
  answerSentence,
  type Shortcut,
  type ShortcutRequest,
} from '../interaction.ts';
import { planChecks } from '../plan-checks.ts';

/** Plans the release that a message describes: by a file in it, or by its text. What is wrong is told all at once. */
export const shortcut: Shortcut = {
  name: 'plan-release',
  title: 'Plan this release',
  description:
    'Plans a release, or changes its plan, from the YAML in this message: a file, or a block of code.',
  run: async (request) => {
    const found = await textOf(request);
    return 'problem' in found ? answerSentence(found.problem) : confirm(request.ctx, found);
  },
};

/** A plan as text, and what it is called. */
interface Found {
  text: string;
  name: string;
}

async function textOf({ files, typed, readFile }: ShortcutRequest): Promise<Found | { problem: Line }> {
  const [file, ...others] = planFilesOf(files);
  if (others.length > 0) {
    const names = listWords([file, ...others].map((one) => one?.name ?? ''));
    return { problem: `That message has several files: ${names}. Send the plan in a message of its own.` };
  }
  if (!file && files.length > 0) {
    return {
      problem:
        'A plan is a file that ends in .yaml, .yml or .json, and that message has none. Nothing was planned.',
    };
  }
  const found = file ? await readFile(file) : { text: planInText(typed) };
  if ('problem' in found) return found;
  const name = file?.name ?? 'The message';
  if (found.text.length > longestImport)
    return {
      problem: line`${name} is too long for a plan: at most ${longestImport / 1024} kB. Nothing was planned.`,
    };
  return { ...found, name };
}

async function confirm(ctx: Ctx, { text, name }: Found): Promise<Answer> {
  const read = await readPlan(ctx, text);
  if (!read.ok) return answerCard(planProblemsCard(name, read.problems));
  const { plan } = read;
  const isChange = (await loadRelease(ctx.db, { key: plan.release })) !== null;
  const kept = await keepImport({ ctx, input: { releaseKey: plan.release, isChange, text } });
  if (!kept.ok) return answerRefusal(kept.refusal);
  return answerForm(confirmImportForm({ plan, isChange, textId: kept.value.textId }));
}

/** A release that is planned already may be under way, so its go-live may have passed. */
async function readPlan(ctx: Ctx, text: string): Promise<PlanReading> {
  const read = parsePlan(text, planChecks(ctx));
  const isKnown = read.ok && (await loadRelease(ctx.db, { key: read.plan.release })) !== null;
  return isKnown ? read : parsePlan(text, { ...planChecks(ctx), now: ctx.clock.now() });
}
