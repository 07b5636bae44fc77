import * as z from 'zod';
import { type Block, paragraph, text } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import { isRolloutShown } from '../../../db/queries/is-rollout-shown.ts';
import { type PromotionFacts, promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { refusalCard, sentenceCard } from '../../cards/answers/refusal-card.ts';
import { followOperation } from '../../cards/form/operation-ended.ts';
import { notDoneOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { promotionAnswer } from '../promotion-answer.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of a promotion that was typed. */
export function promoteForm(facts: PromotionFacts): Form {
  const { releaseKey, fromPercent, toPercent, gates, needsSecondPerson } = facts;
  const from = fromPercent === null ? '' : ` from ${describePercent(fromPercent)} %`;
  const values = gates.map(({ title, value, threshold }) => [
    text(`${title} ${value ?? ''}, must be ${threshold}`),
  ]);
  const list: Block[] = values.length > 0 ? [{ type: 'list', ordered: false, items: values }] : [];
  return {
    name: 'promote',
    title: 'Promote',
    submit: needsSecondPerson ? 'Ask for approval' : `Promote to ${describePercent(toPercent)} %`,
    cancel: 'Not now',
    metadata: { releaseKey, trafficPercent: String(toPercent) },
    body: [
      paragraph(`This takes ${releaseKey}${from} to ${describePercent(toPercent)} % of traffic.`),
      ...list,
      ...(needsSecondPerson
        ? [paragraph('A second person has to approve it. The release’s channel is asked.')]
        : []),
      paragraph('Everything is checked once more. If something fails, nothing changes.'),
    ],
  };
}

export const form = defineForm({
  name: 'promote',
  metadata: releaseMetadata.extend({ trafficPercent: z.coerce.number() }),
  run: async ({ ctx, metadata: { releaseKey, trafficPercent } }) => {
    const result = await promoteRollout({ ctx, input: { releaseKey, target: trafficPercent } });
    if (!result.ok) return notDoneOutcome(refusalCard(result.refusal));
    const { releaseKey: key, operationId } = result.value;
    const isShown = await isRolloutShown(ctx.db, key);
    const card = sentenceCard(promotionAnswer(result.value, { isShown }));
    if (operationId === null) return { kind: 'answer', title: 'Asked', card };
    return { kind: 'answer', title: 'Promoting', card, follows: followOperation(key, operationId) };
  },
});
