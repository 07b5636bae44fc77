import * as z from 'zod';
import { command, paragraph } from '../../../core/card/card.ts';
import type { Form, FormValues, TextInput } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { isCodeFrozen } from '../../../core/changes/code-freeze.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { planDigest } from '../../../core/plan/plan-digest.ts';
import { validatePlan } from '../../../core/plan-file/validate-plan.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { inOneLine } from '../../../services/release/check-planned.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { refusalCard } from '../../cards/answers/refusal-card.ts';
import { editOutcome } from '../edit-outcome.ts';
import { notDoneOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { releaseMetadata } from '../values.ts';

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
const maxFieldLength = 3_000;

/**
 * Changes what a release is and contains; everything else is changed by importing the whole plan. Once the code is
 * frozen, what it contains is no longer among that. `now`: epoch ms.
 */
export function editReleaseForm({ key, plan }: Pick<Release, 'key' | 'plan'>, now: number): Form {
  const isFrozen = isCodeFrozen(plan, now);
  return {
    name: 'edit-release',
    title: 'Change a release',
    submit: 'Change it',
    cancel: 'Cancel',
    metadata: { releaseKey: key, basedOn: planDigest(plan) },
    body: [
      paragraph(
        line`You are changing ${key}. If you change its version or contents, a go decision no longer applies, and open votes start again. To change people, use ${command('release', `reassign ${key}`)}. For anything else, and for anything too long for a field, use ${command('release', `import ${key}`)}. To move go-live, use ${command('release', `reschedule ${key}`)}.`,
      ),
      ...(isFrozen
        ? [
            paragraph(
              line`The code is frozen, so what it contains changes by a request: ${command('release', `change-request ${key}`)}.`,
            ),
          ]
        : []),
      {
        type: 'input',
        kind: 'text',
        maxLength: 200,
        name: 'version',
        label: 'Version',
        initial: plan.version,
      },
      ...longText('summary', 'Summary', plan.summary),
      ...(isFrozen ? [] : lists).flatMap((name) =>
        longText(name, listLabels[name], plan.scope[name].map(oneLine).join('\n'), {
          optional: true,
          hint: 'One per line.',
        }),
      ),
    ],
  };
}

/** A text that has no room is changed by importing the plan: a part of it would take the place of the whole. */
function longText(
  name: string,
  label: string,
  initial: string,
  more: Pick<TextInput, 'optional' | 'hint'> = {},
): TextInput[] {
  if (initial.length > maxFieldLength) return [];
  return [
    {
      type: 'input',
      kind: 'text',
      multiline: true,
      maxLength: maxFieldLength,
      ...more,
      name,
      label,
      initial,
    },
  ];
}

export const form = defineForm({
  name: 'edit-release',
  metadata: releaseMetadata.extend({ basedOn: z.string() }),
  run: async ({ ctx, values, metadata: { releaseKey, basedOn } }) => {
    const found = await findRelease(ctx, releaseKey);
    if (!found.ok) return notDoneOutcome(refusalCard(found.refusal));
    const read = validatePlan(withValues(found.value.plan, values));
    if (read.ok) return editOutcome(ctx, { plan: read.plan, field: 'version', basedOn });
    return { kind: 'errors', errors: { version: read.issues.map(inOneLine).join(' ') } };
  },
});

/** What has no field, and what was left as the form showed it, stays as it is. */
function withValues(plan: Plan, values: FormValues): Plan {
  const scope = Object.fromEntries(
    lists.map((name) => {
      const value = values[name];
      return [name, value === undefined ? plan.scope[name] : entriesOf(value ?? '', plan.scope[name])];
    }),
  );
  const summary = values.summary?.trim() ?? plan.summary;
  return {
    ...plan,
    version: values.version?.trim() ?? plan.version,
    summary: asShown(summary) === asShown(plan.summary) ? plan.summary : summary,
    scope: { ...plan.scope, ...scope },
  };
}

/** A line that shows an entry of before is that entry, on however many lines it is written. */
function entriesOf(value: string, before: readonly string[]): string[] {
  const left = [...before];
  return value
    .split('\n')
    .filter((entry) => oneLine(entry) !== '')
    .map((entry) => {
      const same = left.findIndex((one) => oneLine(one) === oneLine(entry));
      return same < 0 ? entry.trim() : (left.splice(same, 1)[0] ?? entry);
    });
}

function oneLine(text: string): string {
  return asShown(text).replace(/\s+/g, ' ');
}

/** A field keeps neither spaces at the ends of its lines nor characters that nobody sees. */
function asShown(text: string): string {
  const lines = text.replace(/[^\P{C}\s]/gu, '').split(/\r\n?|\n/);
  return lines
    .map((one) => one.trim())
    .join('\n')
    .trim();
}
