import type { Card } from '../../../../core/card/card.ts';
import { promoteRollout } from '../../../../services/rollout/promote-rollout.ts';
import { refusalCard, sentenceCard } from '../../../cards/answers/refusal-card.ts';
import { parsePromote } from '../../../interactions/commands/parse-promote.ts';
import type { CommandCall } from '../command-listener.ts';

/** `/promote [release] [to 10% | full]` */
export async function promoteCommand({ ctx, words }: CommandCall): Promise<Card> {
  const parsed = parsePromote(words);
  if (!parsed.ok) return sentenceCard(parsed.message);
  const { releaseKey, target } = parsed;
  const result = await promoteRollout({ ctx, input: { releaseKey, target } });
  if (!result.ok) return refusalCard(result.refusal);
  const { releaseKey: key, fromPercent, toPercent } = result.value;
  return sentenceCard(
    `${key}: promotion${fromPercent === null ? '' : ` from ${fromPercent} %`} to ${toPercent} % is on its way. The card tells when it is confirmed.`,
  );
}
