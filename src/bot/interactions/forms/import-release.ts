import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { parsePlan } from '../../../core/plan-file/parse-plan.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { planOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** So many problems of a pasted plan are shown beside the field; the rest come when these are fixed. */
const maxProblemsShown = 5;

/** The form that takes a plan as YAML. */
export function importReleaseForm(): Form {
  return {
    name: 'import-release',
    title: 'Import a plan',
    submit: 'Plan it',
    cancel: 'Cancel',
    body: [
      paragraph('Paste the plan as YAML. It is checked before anything is planned.'),
      { type: 'input', kind: 'text', name: 'plan', label: 'Plan', multiline: true, maxLength: 3000 },
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
    ],
  };
}

export const form = defineForm({
  name: 'import-release',
  metadata: z.unknown(),
  run: async ({ ctx, values }) => {
    const { clock, templates, adapters } = ctx;
    const options = { now: clock.now(), templates: [...templates.keys()], adapters };
    const read = parsePlan(values.plan ?? '', options);
    if (read.ok) {
      const ofText = read.warnings.filter(({ about }) => about === 'text');
      const differingNames = values.differingNames === 'use-account' ? 'use-account' : 'refuse';
      const warnings = ofText.map(({ line, path, message }) => `Line ${line}, ${path}: ${message}`);
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
