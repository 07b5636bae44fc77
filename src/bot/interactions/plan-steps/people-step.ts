import { paragraph } from '../../../core/card/card.ts';
import type { FormElement, PersonInput } from '../../../core/card/form.ts';
import { MATRIX_ROLES, ROLE_NAMES, ROLES, type RoleName } from '../../../core/plan/roles.ts';
import { type Draft, initialOf, type PlanStep } from './plan-step.ts';

const [first, ...others] = ROLE_NAMES.map((role) => `roles.${role}` as const);

export const peopleStep: PlanStep = {
  name: 'people',
  title: 'Who does it',
  fields: [first ?? 'roles.release_manager', ...others],
  body: (draft): FormElement[] => [
    paragraph(
      draft.last
        ? `Proposed are the people of ${draft.last.key}, with you as release manager.`
        : 'You are proposed as release manager. One person may have several roles.',
    ),
    ...ROLE_NAMES.map((role) => personInput(draft, role)),
  ],
};

function personInput(draft: Draft, role: RoleName): PersonInput {
  const { title, responsibility, required } = ROLES[role];
  return {
    type: 'input',
    kind: 'person',
    name: `roles.${role}`,
    label: title,
    optional: !required,
    hint: `${responsibility}.${MATRIX_ROLES.includes(role) ? ' Votes on go or no-go.' : ''}`,
    ...initialOf(draft, `roles.${role}`, proposedPerson(draft, role)),
  };
}

/** By the platform's id: whoever plans manages the release; the others have the roles that they had last. */
function proposedPerson({ ctx: { actor }, last }: Draft, role: RoleName): string | undefined {
  if (actor.kind !== 'person') return undefined;
  if (role === 'release_manager') return actor.identity.id;
  const before = last?.people.find(
    (person) => person.role === role && person.position === 'holder' && person.isReachable,
  );
  return before?.identities.find(({ platform }) => platform === actor.identity.platform)?.id;
}
