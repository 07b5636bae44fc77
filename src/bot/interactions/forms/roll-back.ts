import { paragraph } from '../../../core/card/card.ts';
import type { Form } from '../../../core/card/form.ts';
import { line } from '../../../core/card/line.ts';
import { describePercent } from '../../../core/rollout/describe-percent.ts';
import { isRolloutShown } from '../../../db/queries/is-rollout-shown.ts';
import { type RollbackFacts, rollBackRollout } from '../../../services/rollout/roll-back-rollout.ts';
import { sentenceCard } from '../../cards/answers/refusal-card.ts';
import { followOperation } from '../../cards/form/operation-ended.ts';
import { refusedOutcome } from '../form-outcomes.ts';
import { defineForm } from '../interaction.ts';
import { askForStatus } from '../promotion-answer.ts';
import { reasonInput } from '../reason-input.ts';
import { releaseMetadata } from '../values.ts';

/** The one confirmation of a rollback. `reason` is what was typed already. */
export function rollBackForm(facts: RollbackFacts & { reason: string }): Form {
  const { releaseKey, reason, wentLive } = facts;
  return {
    name: 'roll-back',
    title: 'Roll back',
    submit: 'Roll back now',
    danger: true,
    cancel: 'Cancel',
    metadata: { releaseKey },
    body: [
      ...(wentLive ? [paragraph(`${releaseKey} is live; its go-live was ${wentLive}.`)] : []),
      paragraph(
        `This sends all traffic of ${releaseKey} back to the previous version. ${trafficSentence(facts)}`,
      ),
      reasonInput('What did you see?', reason),
    ],
  };
}

function trafficSentence({ trafficPercent }: RollbackFacts): string {
  if (trafficPercent === null)
    return "We don't know how much traffic it has now: the last operation was not confirmed.";
  return `It has ${describePercent(trafficPercent)} % of traffic now.`;
}

export const form = defineForm({
  name: 'roll-back',
  metadata: releaseMetadata,
  run: async ({ ctx, values, metadata: { releaseKey } }) => {
    const result = await rollBackRollout({ ctx, input: { releaseKey, reason: values.reason ?? '' } });
    if (!result.ok) return refusedOutcome(result.refusal, 'reason');
    const { releaseKey: key, operationId } = result.value;
    const next = (await isRolloutShown(ctx.db, key))
      ? "The card updates when it's confirmed."
      : askForStatus(key);
    const started = line`The rollback of ${key} has started. ${next}`;
    const follows = followOperation(key, operationId);
    return { kind: 'answer', title: 'Rolling back', card: sentenceCard(started), follows };
  },
});
