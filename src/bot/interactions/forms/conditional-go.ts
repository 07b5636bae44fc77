import * as z from 'zod';
import { localDate, localTimeOfDay } from '../../../core/calendar/working-days.ts';
import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { ROLE_NAMES, roleTitle } from '../../../core/plan/roles.ts';
import { castVote } from '../../../services/go-no-go/cast-vote.ts';
import type { BallotFacts } from '../../../services/go-no-go/check-ballot.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { readUntil, untilInputs } from '../until-inputs.ts';
import { type BallotValue, ballotMetadata, toMetadata } from '../values.ts';

/** Asks for a condition, who sees to it, and until when. */
export function conditionalGoForm(
  ballot: BallotValue,
  { releaseKey, zone, closesAt, owners }: BallotFacts,
): Form {
  return {
    name: 'conditional-go',
    title: 'Go on a condition',
    submit: 'Vote go if',
    cancel: 'Cancel',
    metadata: { ...toMetadata(ballot), zone },
    body: [
      paragraph(
        `The condition becomes a task of ${releaseKey}. If nobody has ticked it by its deadline, your vote counts as a no-go.`,
      ),
      {
        type: 'input',
        kind: 'text',
        name: 'condition',
        label: 'Go, if …',
        multiline: true,
        maxLength: 3000,
      },
      {
        type: 'input',
        kind: 'select',
        name: 'owner',
        label: 'Who sees to it?',
        options: owners.map(({ role, name }) => ({ value: role, label: `${name} (${roleTitle(role)})` })),
      },
      ...untilInputs(zone, { date: localDate(closesAt, zone), time: localTimeOfDay(closesAt, zone) }),
    ],
  };
}

export const form = defineForm({
  name: 'conditional-go',
  metadata: ballotMetadata.and(z.object({ zone: z.string().catch('UTC') })),
  run: async ({ ctx, values, metadata: { zone, ...ballot } }) => {
    const owner = z.enum(ROLE_NAMES).safeParse(values.owner);
    const dueAt = readUntil(values, zone);
    const condition = {
      text: values.condition ?? '',
      owner: owner.data ?? 'release_manager',
      dueAt: dueAt ?? 0,
    };
    const vote = { ...ballot, choice: 'conditional_go' as const, reason: null, condition };
    const result = await castVote({ ctx, input: vote });
    return result.ok ? { kind: 'close' } : refusedOutcome(result.refusal, 'condition');
  },
});
