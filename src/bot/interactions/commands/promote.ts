import { note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import type { PromotionTarget } from '../../../core/rollout/decide-promotion.ts';
import { isRolloutShown } from '../../../db/queries/is-rollout-shown.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { preparePromotion, promoteRollout } from '../../../services/rollout/promote-rollout.ts';
import { rolloutCard } from '../../cards/rollout/rollout-card.ts';
import { promoteForm } from '../forms/promote.ts';
import {
  type Answer,
  answerCard,
  answerForm,
  answerRefusal,
  answerSentence,
  type Command,
} from '../interaction.ts';
import { promoteExamples } from '../promote-examples.ts';
import { promotionAnswer } from '../promotion-answer.ts';
import { viewRollout } from '../view-rollout.ts';
import { parsePromote } from '../words/parse-promote.ts';

export const command: Command = {
  name: 'promote',
  usage: '[release] [to 10% | full] [--yes]',
  description: 'Take a rollout to its next phase',
  help: 'take the rollout to its next phase, after one confirmation; --yes skips it',
  position: 20,
  run: async ({ ctx, words }) => {
    const parsed = parsePromote(words);
    if (!parsed.ok) return answerSentence(line`${parsed.message} ${await promoteExamples(ctx)}`);
    const { releaseKey, target } = parsed;
    if (parsed.isQuestion) return askFirst(ctx, releaseKey);
    if (!parsed.isConfirmed) return confirmFirst(ctx, { releaseKey, target });
    const result = await promoteRollout({ ctx, input: { releaseKey, target } });
    if (!result.ok) return answerRefusal(result.refusal);
    const isShown = await isRolloutShown(ctx.db, result.value.releaseKey);
    return answerSentence(promotionAnswer(result.value, { isShown }));
  },
};

/** Opens the one confirmation, or says at once why it would be refused. */
async function confirmFirst(
  ctx: Ctx,
  input: { releaseKey: string | null; target: PromotionTarget },
): Promise<Answer> {
  const prepared = await preparePromotion({ ctx, input });
  return prepared.ok ? answerForm(promoteForm(prepared.value)) : answerRefusal(prepared.refusal);
}

/** A question is answered with how the rollout stands, and the button that promotes. */
async function askFirst(ctx: Ctx, releaseKey: string | null): Promise<Answer> {
  const found = await findRelease(ctx, releaseKey);
  if (!found.ok) return answerRefusal(found.refusal);
  const release = found.value;
  const { rollout, now, facts } = await viewRollout(ctx, release);
  const { summary, blocks } = rolloutCard(release, rollout, now, facts);
  return answerCard({ summary, blocks: [note('You asked, so nothing was promoted.'), ...blocks] });
}
