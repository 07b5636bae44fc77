import { isCalendarDate } from '../../../core/calendar/local-time.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { FormElement, PersonInput } from '../../../core/card/form.ts';
import { MATRIX_ROLES, ROLE_NAMES, ROLES, type RoleName } from '../../../core/plan/roles.ts';
import { releaseManagerOn } from '../../../core/product-file/product.ts';
import { askPlatform, directoryOf } from '../../../services/kernel/ask-platform.ts';
import { done } from '../../../services/kernel/result.ts';
import { type Draft, initialOf, type PlanStep } from './plan-step.ts';

const [first, ...others] = ROLE_NAMES.map((role) => `roles.${role}` as const);

export const peopleStep: PlanStep = {
  name: 'people',
  title: 'Who is involved',
  fields: [first ?? 'roles.release_manager', ...others],
  body: async (draft): Promise<FormElement[]> => [
    paragraph(whoIsProposed(draft)),
    ...(await Promise.all(ROLE_NAMES.map((role) => personInput(draft, role)))),
  ],
};

function whoIsProposed({ last, product }: Draft): string {
  const ofProduct =
    product !== null && (product.rotation !== undefined || Object.keys(product.roles).length > 0);
  if (ofProduct) return `Suggested: the people whom the configuration names for ${product.name}.`;
  return last
    ? `Suggested: the people of ${last.key}, with you as release manager.`
    : 'You are suggested as release manager. One person may have several roles.';
}

async function personInput(draft: Draft, role: RoleName): Promise<PersonInput> {
  const { title, responsibility, required } = ROLES[role];
  return {
    type: 'input',
    kind: 'person',
    name: `roles.${role}`,
    label: title,
    optional: !required,
    hint: `${responsibility}.${MATRIX_ROLES.includes(role) ? ' Votes on go or no-go.' : ''}`,
    ...initialOf(draft, `roles.${role}`, await proposedPerson(draft, role)),
  };
}

/** By the platform's id: who the configuration names; else whoever plans manages the release, and the others have the roles that they had last. */
async function proposedPerson(draft: Draft, role: RoleName): Promise<string | undefined> {
  const { ctx, last } = draft;
  const { actor } = ctx;
  if (actor.kind !== 'person') return undefined;
  const { platform, id } = actor.identity;
  const email = configuredPerson(draft, role)?.email;
  const configured = email === undefined ? null : await findQuietly(draft, platform, email);
  if (configured) return configured;
  if (role === 'release_manager') return id;
  const before = last?.people.find(
    (person) => person.role === role && person.position === 'holder' && person.isReachable,
  );
  return before?.identities.find((identity) => identity.platform === platform)?.id;
}

function configuredPerson({ product, values }: Draft, role: RoleName) {
  if (!product) return undefined;
  const date = values.date && isCalendarDate(values.date) ? values.date : null;
  return role === 'release_manager' ? releaseManagerOn(product, date) : product.roles[role];
}

/** A proposal is not worth a refusal: where the platform can't be asked, there is none. */
async function findQuietly({ ctx }: Draft, platform: string, email: string): Promise<string | null> {
  const asked = await askPlatform(ctx, async () =>
    done(await directoryOf(ctx, platform).findPersonByEmail(email)),
  );
  return asked.ok ? (asked.value?.id ?? null) : null;
}
