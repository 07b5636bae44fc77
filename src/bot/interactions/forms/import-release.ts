import * as z from 'zod';
import { bold, command, paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, SelectInput, TextInput } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { type PlanProblem, parsePlan } from '../../../core/plan-file/parse-plan.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { goLiveInstant } from '../../../core/schedule/resolve-schedule-time.ts';
import { loadRelease, type Release } from '../../../db/queries/load-release.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { loadImport } from '../../../services/release/keep-import.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { importOutcome } from '../edit-outcome.ts';
import { notDoneOutcome, planOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { planChecks } from '../plan-checks.ts';

/** So many problems of a pasted plan are shown beside the field; the rest come when these are fixed. */
const maxProblemsShown = 5;

/** What a platform takes in one field, in characters. */
const maxFieldLength = 3000;
/** Together they take more than any plan that a person has written so far. */
const textFields = ['plan', 'plan2', 'plan3', 'plan4', 'plan5', 'plan6'] as const;

/** The form that takes a plan as YAML: of a new release, or the new plan of `changed`. */
export function importReleaseForm(changed?: Pick<Release, 'key'>): Form {
  const about = changed ? `Paste the whole plan of ${changed.key} as YAML.` : 'Paste the plan as YAML.';
  return {
    name: 'import-release',
    title: 'Import a plan',
    submit: changed ? 'Change release' : 'Create release',
    cancel: 'Cancel',
    ...(changed ? { metadata: { releaseKey: changed.key } } : {}),
    body: [
      paragraph(
        `${about} It is checked before anything is saved. If it doesn't fit in one field, split it between two lines and ` +
          'continue in the next field.',
      ),
      ...textFields.map(planInput),
      differingNamesInput,
      ...(changed ? [] : [existingInput]),
    ],
  };
}

/** The form that confirms a plan which somebody brought in a message, and which is kept under `textId`. */
export function confirmImportForm({
  plan,
  isChange,
  textId,
}: {
  plan: Plan;
  isChange: boolean;
  textId: string;
}): Form {
  const { release: key, product, version, summary, goLive } = plan;
  const what = isChange ? `This changes the plan of ${key}.` : `This plans ${key}.`;
  const goLiveAt = localDate(goLiveInstant(plan), goLive.zone);
  return {
    name: 'import-release',
    title: isChange ? 'Change a release' : 'Plan a release',
    submit: isChange ? 'Change release' : 'Create release',
    cancel: 'Cancel',
    metadata: { textId, ...(isChange ? { releaseKey: key } : {}) },
    body: [
      paragraph(bold(`${product} ${version}`), line`, go-live ${goLiveAt}`),
      paragraph(shortenAtWord(summary, 300)),
      paragraph(`${what} Nothing has been saved yet.`),
      differingNamesInput,
    ],
  };
}

const textIsGone =
  'The plan was kept for a day and is gone, so nothing was saved. Choose "Plan this release" again.';

const differingNamesInput: SelectInput = {
  type: 'input',
  kind: 'select',
  name: 'differingNames',
  label: "If a name differs from the account's",
  initial: 'refuse',
  options: [
    { value: 'refuse', label: 'Ask me' },
    { value: 'use-account', label: "It's the right account: use the account's name" },
  ],
};

const existingInput: SelectInput = {
  type: 'input',
  kind: 'select',
  name: 'existing',
  label: 'If a release already has this key',
  initial: 'refuse',
  options: [
    { value: 'refuse', label: 'Ask me' },
    { value: 'edit', label: 'Change that release: this is its new plan' },
  ],
};

function planInput(name: string, index: number): TextInput {
  const base = { type: 'input', kind: 'text', name, multiline: true, maxLength: maxFieldLength } as const;
  if (index === 0) return { ...base, label: 'Plan' };
  return { ...base, label: `Plan, continued (${index + 1})`, optional: true };
}

/** The fields one after the other, each on lines of its own. */
function joinFields(values: FormValues): string {
  const parts = textFields.map((name) => values[name] ?? '').filter((part) => part !== '');
  return parts
    .map((part, index) => (index < parts.length - 1 && !part.endsWith('\n') ? `${part}\n` : part))
    .join('');
}

export const form = defineForm({
  name: 'import-release',
  metadata: z.object({ releaseKey: z.string().optional(), textId: z.string().optional() }).nullish(),
  run: async ({ ctx, values, metadata }) => {
    const changed = metadata?.releaseKey;
    const textId = metadata?.textId;
    const isChange = changed !== undefined || values.existing === 'edit';
    const checks = planChecks(ctx);
    const text = textId === undefined ? joinFields(values) : await loadImport(ctx, textId);
    if (text === null) return notDoneOutcome(sentenceCard(textIsGone));
    const field = textId === undefined ? 'plan' : 'differingNames';
    // During its rollout a release keeps the go-live that has passed; the verbs refuse it of any other.
    const options = isChange ? checks : { ...checks, now: ctx.clock.now() };
    const read = parsePlan(text, options);
    if (!read.ok) return { kind: 'errors', errors: { [field]: describeProblems(read.problems) } };
    const { plan } = read;
    if (changed !== undefined && changed !== plan.release) {
      const other = command('release', `import ${plan.release}`);
      const message = line`This is the plan of ${plan.release}. Paste the plan of ${changed}, or start again with ${other}.`;
      return { kind: 'errors', errors: { [field]: message } };
    }
    const ofText = read.warnings.filter(({ about }) => about === 'text');
    const warnings = ofText.map((one) => `Line ${one.line}, ${one.path}: ${one.message}`);
    const differingNames = values.differingNames === 'use-account' ? 'use-account' : 'refuse';
    const planned = { plan, field, warnings, differingNames } as const;
    const isKnown = values.existing === 'edit' && (await loadRelease(ctx.db, { key: plan.release })) !== null;
    return changed !== undefined || isKnown ? importOutcome(ctx, planned) : planOutcome(ctx, planned);
  },
});

function describeProblems(problems: readonly PlanProblem[]): string {
  const lines = problems
    .slice(0, maxProblemsShown)
    .map((problem) => `Line ${problem.line}: ${problem.path} ${describeIssue(problem)}`);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
