import * as z from 'zod';
import { command, paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, TextInput } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { describeIssue } from '../../../core/plan-file/plan-issue.ts';
import { validatePlan } from '../../../core/plan-file/validate-plan.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { refusalCard } from '../../cards/answers/refusal-card.ts';
import { editOutcome } from '../edit-outcome.ts';
import { notDoneOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';

/** Lists of lines that the form can change. */
const lists = ['features', 'fixes', 'performance', 'security', 'debt'] as const;
const listLabels = {
  features: 'Features',
  fixes: 'Fixes',
  performance: 'Performance',
  security: 'Security',
  debt: 'Technical debt',
};
/** More than this has no room in a field of the form. */
const maxListLength = 3_000;

/** Changes what a release is and contains; everything else is changed by importing the whole plan. */
export function editReleaseForm({ key, plan }: Release): Form {
  return {
    name: 'edit-release',
    title: 'Change a release',
    submit: 'Change it',
    cancel: 'Cancel',
    metadata: { releaseKey: key },
    body: [
      paragraph(
        line`A change of version or contents takes a go decision back, and open votes are asked for again. People are changed with ${command('release', `reassign ${key}`)}; anything else by ${command('release', 'import')} of the whole plan with the same key. Go-live can't be moved.`,
      ),
      text('version', 'Version', plan.version),
      text('summary', 'Summary', plan.summary, { multiline: true, maxLength: 1500 }),
      ...lists.flatMap((name) => {
        const initial = plan.scope[name].join('\n');
        if (initial.length > maxListLength) return [];
        const more = { multiline: true, maxLength: maxListLength, optional: true, hint: 'One on each line.' };
        return [text(name, listLabels[name], initial, more)];
      }),
    ],
  };
}

function text(name: string, label: string, initial: string, more: Partial<TextInput> = {}): TextInput {
  return { type: 'input', kind: 'text', maxLength: 200, ...more, name, label, initial };
}

export const form = defineForm({
  name: 'edit-release',
  metadata: z.object({ releaseKey: z.string() }).catch({ releaseKey: '' }),
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return notDoneOutcome(refusalCard(found.refusal));
    const read = validatePlan(withValues(found.value.plan, values));
    if (read.ok) return editOutcome(ctx, { plan: read.plan, field: 'version' });
    const problems = read.issues.map((issue) => `${issue.path.join('.')} ${describeIssue(issue)}`);
    return { kind: 'errors', errors: { version: problems.join(' ') } };
  },
});

/** What has no field stays as it is. */
function withValues(plan: Plan, values: FormValues): Plan {
  const linesOf = (name: (typeof lists)[number]) =>
    values[name] === undefined
      ? plan.scope[name]
      : (values[name] ?? '')
          .split('\n')
          .map((entry) => entry.trim())
          .filter((entry) => entry !== '');
  const scope = Object.fromEntries(lists.map((name) => [name, linesOf(name)]));
  return {
    ...plan,
    version: values.version?.trim() ?? plan.version,
    summary: values.summary?.trim() ?? plan.summary,
    scope: { ...plan.scope, ...scope },
  };
}
