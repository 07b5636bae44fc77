import * as z from 'zod';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { type ReassignedRole, reassignRole } from '../../../services/release/reassign-role.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { notDoneOutcome, refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { releaseMetadata } from '../values.ts';

/** Asks which role goes to whom. `role` is what was typed already. */
export function reassignForm({ key, people }: Release, role: RoleName | null): Form {
  const holderOf = (name: RoleName) =>
    people.find((person) => person.role === name && person.position === 'holder')?.name ?? 'nobody';
  return {
    name: 'reassign',
    title: 'Reassign a role',
    submit: 'Reassign',
    cancel: 'Cancel',
    metadata: { releaseKey: key },
    body: [
      paragraph(
        `Somebody else takes over a role of ${key}, with its open votes and whatever is waiting for it.`,
      ),
      {
        type: 'input',
        kind: 'select',
        name: 'role',
        label: 'Role',
        options: ROLE_NAMES.map((name) => ({ value: name, label: `${roleTitle(name)}: ${holderOf(name)}` })),
        ...(role === null ? {} : { initial: role }),
      },
      { type: 'input', kind: 'person', name: 'person', label: 'Who takes over' },
    ],
  };
}

/** The answer to whoever has reassigned a role. */
export function reassignedSentence({ releaseKey, role, from, to }: ReassignedRole): string {
  const instead = from === null ? '' : ` in place of ${from}`;
  return `${to} is now ${roleTitle(role)} of ${releaseKey}${instead}. Open votes are theirs. The release's channel and the people concerned are notified.`;
}

export const form = defineForm({
  name: 'reassign',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const role = z.enum(ROLE_NAMES).safeParse(values.role);
    const { actor } = ctx;
    if (!role.success || !values.person || actor.kind !== 'person') {
      return notDoneOutcome(sentenceCard('Choose a role and who takes over.'));
    }
    const identity = { platform: actor.identity.platform, id: values.person };
    const input = { releaseKey, role: role.data, person: { identity } };
    const result = await reassignRole({ ctx, input });
    if (!result.ok) return refusedOutcome(result.refusal, 'person');
    return { kind: 'answer', title: 'Reassigned', card: sentenceCard(reassignedSentence(result.value)) };
  },
});
