import { command, paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { isPollShown } from '../../../db/queries/is-rollout-shown.ts';
import { listWords } from '../../../lib/list-words.ts';
import { askGoNoGo, type GoNoGoFacts } from '../../../services/go-no-go/open-poll.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { notDoneOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation before people are asked for their votes. */
export function askGoNoGoForm(facts: GoNoGoFacts): Form {
  const { releaseKey, voters, closesAt, zone } = facts;
  return {
    name: 'ask-go-no-go',
    title: 'Ask for the go/no-go',
    submit: 'Ask now',
    cancel: 'Not now',
    metadata: { releaseKey },
    body: [
      paragraph(
        line`This asks ${listWords(voters)} now for the decision on ${releaseKey}. Voting closes ${localDate(closesAt, zone)}.`,
      ),
      ...planned(facts).map((one) => paragraph(one)),
      ...(facts.goStands
        ? [paragraph('It already has a go. A no-go takes it back; a missing vote does not.')]
        : []),
    ],
  };
}

/** What becomes of the poll that the plan has. */
function planned({ plannedAt, closesAt, zone }: GoNoGoFacts): Line[] {
  if (plannedAt === null) return [];
  return plannedAt < closesAt
    ? [
        line`This brings forward the poll planned for ${localDate(plannedAt, zone)}, which is skipped while this one is open.`,
      ]
    : [line`The poll planned for ${localDate(plannedAt, zone)} stays, and asks again.`];
}

/** Where a poll that is open is seen. */
export async function openAlready(
  ctx: Ctx,
  { releaseKey, pollId }: { releaseKey: string; pollId: string },
): Promise<Line> {
  const where = (await isPollShown(ctx.db, pollId))
    ? "its card is in the release's channel"
    : line`see it with ${command('release', `show ${releaseKey}`)}`;
  return line`The go/no-go for ${releaseKey} is already open; ${where}.`;
}

export const form = defineForm({
  name: 'ask-go-no-go',
  metadata: releaseMetadata,
  run: async ({ ctx, metadata: { releaseKey } }) => {
    const asked = await askGoNoGo({ ctx, input: { releaseKey } });
    if (!asked.ok) return notDoneOutcome(refusalCard(asked.refusal));
    const { opened, goStands } = asked.value;
    if (!opened) return notDoneOutcome(sentenceCard(await openAlready(ctx, asked.value)));
    const standing = goStands ? ' The rollout waits until the poll closes.' : '';
    const said = `The go/no-go for ${releaseKey} is open. I've asked every required role by direct message.${standing}`;
    return { kind: 'answer', title: 'Asked', card: sentenceCard(said) };
  },
});
