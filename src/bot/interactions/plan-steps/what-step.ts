import { paragraph } from '../../../core/card/card.ts';
import type { FormElement } from '../../../core/card/form.ts';
import {
  DEFAULT_ARGUMENTS,
  RELEASE_TYPES,
  STAKEHOLDER_COMPLEXITIES,
  type StakeholderComplexity,
} from '../../../core/plan/planning-arguments.ts';
import { loadRelease } from '../../../db/queries/load-release.ts';
import { describeTakenKey } from '../../../services/release/create-release.ts';
import { type Draft, initialOf, type PlanStep } from './plan-step.ts';
import { keyOf, stakeholdersOf } from './read-draft.ts';

const stakeholderLabels: Readonly<Record<StakeholderComplexity, string>> = {
  'internal-only': 'only those who work on it',
  'customer-facing': 'customers, too',
  enterprise: 'an enterprise: customers, IT, end users, compliance',
  'multi-tenant': 'customers and tenants, in waves',
};

export const whatStep: PlanStep = {
  name: 'what',
  title: 'What goes live',
  fields: ['product', 'version', 'key', 'type', 'stakeholders', 'summary'],
  body: (draft): FormElement[] => [
    paragraph(
      'Messages, go/no-go polls and rollout phases follow the defaults. You can change all of it later.',
    ),
    {
      ...input('product', 'Product'),
      kind: 'text',
      maxLength: 200,
      placeholder: 'Web shop',
      hint: 'What people call it. People, channels and times are suggested from its last release.',
      ...initialOf(draft, 'product', undefined),
    },
    {
      ...input('version', 'Version'),
      kind: 'text',
      maxLength: 200,
      placeholder: '2.4.0',
      ...initialOf(draft, 'version', undefined),
    },
    {
      ...input('type', 'Type'),
      kind: 'select',
      hint: 'How much changes: a patch fixes, a minor release adds, a major release changes how things work.',
      options: RELEASE_TYPES.map((type) => ({ value: type, label: type })),
      ...initialOf(draft, 'type', draft.product?.type ?? DEFAULT_ARGUMENTS.type),
    },
    {
      ...input('stakeholders', 'Who it affects'),
      kind: 'select',
      hint: 'Customers hear about it only if they are included here. You choose where they are told in the last step.',
      options: STAKEHOLDER_COMPLEXITIES.map((value) => ({ value, label: stakeholderLabels[value] })),
      ...initialOf(draft, 'stakeholders', stakeholdersOf(draft)),
    },
    {
      ...input('summary', 'Summary, in a sentence or two'),
      kind: 'text',
      multiline: true,
      maxLength: 1500,
      hint: 'What changes for customers. Executives, support and sales read this.',
      ...initialOf(draft, 'summary', draft.product?.summary),
    },
    {
      ...input('key', 'Key'),
      kind: 'text',
      optional: true,
      maxLength: 200,
      placeholder: 'web-shop-2.4.0',
      hint: 'The short name used in commands. If you leave it empty, it is made from the product and version.',
      ...initialOf(draft, 'key', undefined),
    },
  ],
  check: async (draft) => {
    const key = keyOf(draft.values);
    const isTaken = (await loadRelease(draft.ctx.db, { key })) !== null;
    return isTaken ? [{ field: 'key', message: describeTakenKey(key) }] : [];
  },
};

function input(name: keyof Draft['values'] & string, label: string) {
  return { type: 'input' as const, name, label };
}
