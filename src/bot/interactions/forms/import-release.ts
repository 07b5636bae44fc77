import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, TextInput } from '../../../core/card/form.ts';
import { parsePlan } from '../../../core/plan-file/parse-plan.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { editOutcome } from '../edit-outcome.ts';
import { planOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** So many problems of a pasted plan are shown beside the field; the rest come when these are fixed. */
const maxProblemsShown = 5;

/** What a platform takes in one field, in characters. */
const maxFieldLength = 3000;
/** Together they take more than any plan that a person has written so far. */
const textFields = ['plan', 'plan2', 'plan3', 'plan4', 'plan5', 'plan6'] as const;

/** The form that takes a plan as YAML. */
export function importReleaseForm(): Form {
  return {
    name: 'import-release',
    title: 'Import a plan',
    submit: 'Plan it',
    cancel: 'Cancel',
    body: [
      paragraph(
        'Paste the plan as YAML. It is checked before anything is planned. What is longer than a field goes on in ' +
          'the next one: cut it between two lines.',
      ),
      ...textFields.map(planInput),
      {
        type: 'input',
        kind: 'select',
        name: 'differingNames',
        label: "Where a name is not the account's",
        initial: 'refuse',
        options: [
          { value: 'refuse', label: 'Ask me' },
          { value: 'use-account', label: "It is the right account: use the account's name" },
        ],
      },
      {
        type: 'input',
        kind: 'select',
        name: 'existing',
        label: 'Where a release has this key already',
        initial: 'refuse',
        options: [
          { value: 'refuse', label: 'Ask me' },
          { value: 'edit', label: 'Change that release: this is its new plan' },
        ],
      },
    ],
  };
}

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
  metadata: z.unknown(),
  run: async ({ ctx, values }) => {
    const { clock, templates, adapters, defaultChannels } = ctx;
    const options = { now: clock.now(), templates: [...templates.keys()], adapters, defaultChannels };
    const read = parsePlan(joinFields(values), options);
    if (read.ok) {
      const ofText = read.warnings.filter(({ about }) => about === 'text');
      const differingNames = values.differingNames === 'use-account' ? 'use-account' : 'refuse';
      const warnings = ofText.map(({ line, path, message }) => `Line ${line}, ${path}: ${message}`);
      const known = values.existing === 'edit' ? await loadRelease(ctx.db, { key: read.plan.release }) : null;
      if (known) return editOutcome(ctx, { plan: read.plan, field: 'plan', differingNames });
      return planOutcome(ctx, { plan: read.plan, field: 'plan', warnings, differingNames });
    }
    const lines = read.problems
      .slice(0, maxProblemsShown)
      .map((problem) => `Line ${problem.line}: ${problem.path} ${describeIssue(problem)}`);
    const more = read.problems.length - lines.length;
    if (more > 0) lines.push(`… and ${more} more.`);
    return { kind: 'errors', errors: { plan: lines.join('\n') } };
  },
});
